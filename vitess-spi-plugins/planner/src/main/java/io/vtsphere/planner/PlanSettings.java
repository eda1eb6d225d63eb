package io.vtsphere.planner;

import java.util.Set;

/**
 * What a session has set that changes its plans; part of the plan cache's key.
 *
 * @param storedVariables the system variables, lower case, whose values the session keeps: reading one of them gives the session's value
 *     instead of a tablet's
 * @param setVarHint the text {@code SET_VAR(a = b) SET_VAR(…)} that goes into every query as an optimizer hint; empty for none
 */
public record PlanSettings(Set<String> storedVariables, String setVarHint) {
    /** A session that has set nothing. */
    public static final PlanSettings NONE = new PlanSettings(Set.of(), "");

    public PlanSettings {
        storedVariables = Set.copyOf(storedVariables);
    }
}
