package io.vtsphere.planner;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How one statement is carried out: a tree of primitives, for every value of the statement's bind variables.
 *
 * <p>Immutable and thread-safe; prints itself as {@code VEXPLAIN PLAN} does.
 *
 * @param kind what the statement does to the session
 * @param root the last step
 * @param sessionValues bind variables that the session must set before the plan runs
 * @param touchesData whether the statement reads or writes tables other than dual: only such a one opens an implicit transaction
 */
public record Plan(
        StatementKind kind,
        Primitive root,
        List<SessionValue> sessionValues,
        Directives directives,
        boolean touchesData) {
    public Plan {
        sessionValues = List.copyOf(sessionValues);
    }

    /** The plan as {@code VEXPLAIN PLAN} shows it: JSON, indented. */
    public String toJson() {
        return PlanJson.print(root);
    }

    /** The same with further fields for each step, such as what happened when it ran. */
    public String toJson(Function<Primitive, Map<String, ?>> more) {
        return PlanJson.print(root, more);
    }
}
