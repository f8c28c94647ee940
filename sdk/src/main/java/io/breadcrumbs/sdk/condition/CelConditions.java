package io.breadcrumbs.sdk.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction.Overload.Arithmetic;
import io.breadcrumbs.sdk.workflow.definition.Condition;
import io.breadcrumbs.sdk.workflow.definition.ConditionException;
import io.breadcrumbs.sdk.workflow.definition.Conditions;
import io.breadcrumbs.sdk.workflow.template.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditions in CEL. A step is a map with {@code output}, {@code status} and {@code error}; one whose id is no name in
 * CEL is reached as {@code steps["my-step"]}. Whole numbers are ints, others doubles, and both compare. What a
 * condition may cost is bounded: its text, its nesting, its iterations, what it looks at, and what it puts together.
 */
public final class CelConditions implements Conditions {

    static final int MOST_ITERATIONS = 10_000;

    private static final int MOST_CHARACTERS = 10_000;
    private static final int MOST_NESTED = 50;
    private static final int MOST_TOGETHER = 10_000;
    private static final int MOST_KEPT = 1_000;

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .enableQuotedIdentifierSyntax(true)
            .maxExpressionCodePointSize(MOST_CHARACTERS)
            .maxParseRecursionDepth(MOST_NESTED)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .build();

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(
                    CelStandardMacro.HAS,
                    CelStandardMacro.ALL,
                    CelStandardMacro.EXISTS,
                    CelStandardMacro.EXISTS_ONE,
                    CelStandardMacro.MAP,
                    CelStandardMacro.MAP_FILTER,
                    CelStandardMacro.FILTER)
            .build();

    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .filterFunctions((_, overload) -> overload != Arithmetic.ADD_STRING
                            && overload != Arithmetic.ADD_LIST
                            && overload != Arithmetic.ADD_BYTES)
                    .build())
            .addFunctionBindings(
                    CelFunctionBinding.from("add_string", String.class, String.class, CelConditions::joined),
                    CelFunctionBinding.from("add_list", List.class, List.class, CelConditions::joined))
            .build();

    /** Conditions by their text: a run is started with the same ones again and again, and checking one takes long. */
    private final Map<String, CelCondition> kept = new ConcurrentHashMap<>();

    @Override
    public Condition parse(String text, Set<String> roots) throws ConditionException {
        CelCondition known = kept.get(text);
        if (known != null && roots.containsAll(known.roots()) && Collections.disjoint(roots, known.otherNames())) {
            return known;
        }
        CelCondition parsed = compile(text, roots);
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(text, parsed);
        return parsed;
    }

    private CelCondition compile(String text, Set<String> roots) throws ConditionException {
        CelAbstractSyntaxTree parsed = tree(compiler.parse(text), roots);
        Names names = new Names(roots);
        names.gather(parsed.getExpr());
        CelCompilerBuilder declared = compiler.toCompilerBuilder();
        names.declared().forEach(name -> declared.addVar(name, SimpleType.DYN));
        CelAbstractSyntaxTree checked = tree(declared.build().check(parsed), roots);
        CelType type = checked.getResultType();
        if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
            throw new ConditionException("expected true or false, got what gives " + type.name());
        }
        try {
            return new CelCondition(text, names.roots(), names.others(), runtime.createProgram(checked));
        } catch (CelEvaluationException e) {
            throw new ConditionException(String.valueOf(e.getMessage()));
        }
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result, Set<String> roots) throws ConditionException {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            Set<String> faults = new LinkedHashSet<>();
            for (CelIssue issue : e.getErrors()) {
                faults.add("line " + issue.getSourceLocation().getLine() + ", column "
                        + (issue.getSourceLocation().getColumn() + 1) + ": " + reason(issue, roots));
            }
            throw new ConditionException(String.join("; ", faults));
        }
    }

    private static String reason(CelIssue issue, Set<String> roots) {
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (!undeclared.matches()) {
            return issue.getMessage().lines().findFirst().orElse("");
        }
        String name = undeclared.group(1);
        boolean begins = roots.stream().anyMatch(root -> root.startsWith(name + "-"));
        String hint = begins ? "; a step whose id has a '-' is written steps[\"my-step\"]" : Nearest.hint(name, roots);
        return "there is no step or function '" + name + "'" + hint;
    }

    private static String joined(String left, String right) throws CelEvaluationException {
        bound(left.length(), right.length());
        return left + right;
    }

    private static List<?> joined(List<?> left, List<?> right) throws CelEvaluationException {
        bound(left.size(), right.size());
        List<Object> joined = new ArrayList<>(left);
        joined.addAll(right);
        return joined;
    }

    private static void bound(int left, int right) throws CelEvaluationException {
        if (left > MOST_TOGETHER - right) {
            throw new CelEvaluationException(
                    "expected at most " + MOST_TOGETHER + " characters or elements put together, got more");
        }
    }
}
