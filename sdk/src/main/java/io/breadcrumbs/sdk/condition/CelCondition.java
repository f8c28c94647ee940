package io.breadcrumbs.sdk.condition;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.breadcrumbs.sdk.workflow.definition.Condition;
import io.breadcrumbs.sdk.workflow.definition.ConditionException;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.template.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A condition that was parsed and checked. */
final class CelCondition implements Condition {

    private static final Pattern WHERE =
            Pattern.compile("evaluation error(?: at <input>:(\\d+))?: (.*)", Pattern.DOTALL);

    private final String text;
    private final Set<String> roots;
    private final Set<String> otherNames;
    private final CelRuntime.Program program;

    CelCondition(String text, Set<String> roots, Set<String> otherNames, CelRuntime.Program program) {
        this.text = text;
        this.roots = Collections.unmodifiableSet(roots);
        this.otherNames = otherNames;
        this.program = program;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Set<String> roots() {
        return roots;
    }

    /** Names that it takes for something else than a root, and would not if there were such a root. */
    Set<String> otherNames() {
        return otherNames;
    }

    @Override
    public boolean holds(Scope scope) throws ConditionException {
        View view = new View();
        CelVariableResolver variables = name -> Optional.ofNullable(value(name, scope, view));
        Object result;
        try {
            result = program.eval(variables);
        } catch (CelEvaluationException e) {
            throw new ConditionException(text + ": " + reason(e));
        } catch (View.TooMuch e) {
            throw new ConditionException(text + ": " + e.getMessage());
        }
        if (result instanceof Boolean holds) {
            return holds;
        }
        throw new ConditionException(text + ": expected true or false, got " + kind(result));
    }

    private @Nullable Object value(String name, Scope scope, View view) {
        if (name.equals(Names.STEPS) && !roots.contains(name)) {
            return view.steps(roots, scope);
        }
        @Nullable Json value = scope.root(name);
        return value == null ? null : view.of(value);
    }

    private static String reason(CelEvaluationException e) {
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof View.TooMuch) {
                return String.valueOf(cause.getMessage());
            }
        }
        Matcher where = WHERE.matcher(String.valueOf(e.getMessage()));
        if (!where.matches()) {
            return String.valueOf(e.getMessage());
        }
        @Nullable String offset = where.group(1);
        return (offset == null ? "" : "at character " + (Integer.parseInt(offset) + 1) + ", ") + where.group(2);
    }

    private static String kind(@Nullable Object result) {
        return switch (result) {
            case null -> "nothing";
            case String _ -> "a string";
            case Number _ -> "a number";
            case List<?> _ -> "an array";
            case Map<?, ?> _ -> "an object";
            default -> "null or another value";
        };
    }
}
