package io.breadcrumbs.sdk.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.Expression;
import io.breadcrumbs.sdk.workflow.definition.ConditionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that an expression takes from outside; what its macros declare, such as x in all(x, ...), is none. */
final class Names {

    /** The map of all steps, unless there is a step of this name. */
    static final String STEPS = "steps";

    private static final String INDEX = "_[_]";

    private final Set<String> known;
    private final Set<String> roots = new LinkedHashSet<>();
    private final Set<String> declared = new LinkedHashSet<>();
    private final Set<String> others = new LinkedHashSet<>();
    private final Deque<String> inner = new ArrayDeque<>();

    Names(Set<String> known) {
        this.known = known;
    }

    /** The roots that it refers to, by name or as one of {@code steps}. */
    Set<String> roots() {
        return roots;
    }

    /** The variables that it needs. */
    Set<String> declared() {
        return declared;
    }

    /** Names that are no root: of types, for instance. */
    Set<String> others() {
        return others;
    }

    void gather(CelExpr expression) throws ConditionException {
        switch (expression.getKind()) {
            case NOT_SET, CONSTANT -> {}
            case IDENT -> name(expression.ident().name());
            case SELECT -> {
                CelExpr operand = expression.select().operand();
                if (isSteps(operand)) {
                    step(expression.select().field());
                } else {
                    gather(operand);
                }
            }
            case CALL -> call(expression.call());
            case LIST -> {
                Expression.List<CelExpr> list = expression.list();
                gather(list.elements());
            }
            case STRUCT ->
                throw new ConditionException(
                        "expected no message, got " + expression.struct().messageName());
            case MAP -> {
                Expression.Map<CelExpr.CelMap.Entry> map = expression.map();
                for (CelExpr.CelMap.Entry entry : map.entries()) {
                    gather(entry.key());
                    gather(entry.value());
                }
            }
            case COMPREHENSION -> comprehension(expression.comprehension());
        }
    }

    private void gather(List<CelExpr> expressions) throws ConditionException {
        for (CelExpr expression : expressions) {
            gather(expression);
        }
    }

    private void call(Expression.Call<CelExpr> call) throws ConditionException {
        List<CelExpr> arguments = call.args();
        if (call.function().equals(INDEX) && isSteps(arguments.getFirst())) {
            CelExpr index = arguments.getLast();
            if (index.getKind() != Kind.CONSTANT || index.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
                throw new ConditionException("expected the id of a step in quotes after 'steps'");
            }
            step(index.constant().stringValue());
            return;
        }
        if (call.target().isPresent()) {
            gather(call.target().get());
        }
        gather(arguments);
    }

    private void comprehension(Expression.Comprehension<CelExpr> macro) throws ConditionException {
        gather(macro.iterRange());
        gather(macro.accuInit());
        inner.push(macro.iterVar());
        inner.push(macro.iterVar2());
        inner.push(macro.accuVar());
        gather(macro.loopCondition());
        gather(macro.loopStep());
        gather(macro.result());
        inner.pop();
        inner.pop();
        inner.pop();
    }

    private void name(String written) throws ConditionException {
        boolean outermost = written.startsWith(".");
        String name = outermost ? written.substring(1) : written;
        if (!outermost && inner.contains(name)) {
            return;
        }
        if (known.contains(name)) {
            roots.add(name);
            declared.add(name);
        } else if (name.equals(STEPS)) {
            throw new ConditionException("expected the id of a step in quotes after 'steps'");
        } else {
            others.add(name);
        }
    }

    private boolean isSteps(CelExpr expression) {
        return expression.getKind() == Kind.IDENT
                && expression.ident().name().equals(STEPS)
                && !known.contains(STEPS)
                && !inner.contains(STEPS);
    }

    private void step(String id) throws ConditionException {
        if (!known.contains(id)) {
            throw new ConditionException("there is no step '" + id + "'");
        }
        roots.add(id);
        declared.add(STEPS);
        others.add(STEPS);
    }
}
