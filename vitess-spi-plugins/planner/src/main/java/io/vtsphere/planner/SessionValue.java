package io.vtsphere.planner;

import org.jspecify.annotations.Nullable;

/**
 * A value that only the session knows and that the plan's queries read from a bind variable.
 *
 * @param bindName the bind variable that must hold the value, without its colon
 * @param kind where the value comes from
 * @param name the name of the user or system variable, lower case, without {@code @}; null for the functions
 */
public record SessionValue(
        String bindName, Kind kind, @Nullable String name) {
    /** Where a session value comes from. Bind names follow Vitess' {@code go/vt/sqlparser/normalizer.go}. */
    public enum Kind {
        /** {@code DATABASE()}, {@code SCHEMA()}: the whole target string, NULL when none; bind {@code __vtdbname}. */
        DATABASE,
        /** {@code LAST_INSERT_ID()}: UINT64; bind {@code __lastInsertId}. */
        LAST_INSERT_ID,
        /** {@code FOUND_ROWS()}: INT64; bind {@code __vtfrows}. */
        FOUND_ROWS,
        /** {@code ROW_COUNT()}: INT64; bind {@code __vtrcount}. */
        ROW_COUNT,
        /** {@code @name}: NULL when never set; bind {@code __vtudv<name>}. */
        USER_VARIABLE,
        /**
         * {@code @@name}, {@code @@session.name} of a variable that the gate itself keeps; bind {@code __vt<name>}. {@code VERSION()} is
         * the variable version, {@code CONNECTION_ID()} is pseudo_thread_id, and {@code USER()} and {@code CURRENT_USER()} are called user:
         * the account that the client logged in with, {@code name@host}.
         */
        SYSTEM_VARIABLE
    }
}
