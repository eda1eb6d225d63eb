package io.vtsphere.executor;

/**
 * How a statement ended.
 *
 * @param affectedRows rows changed (or found, with CLIENT_FOUND_ROWS), unsigned
 * @param insertId the LAST_INSERT_ID() that this statement set, unsigned; 0 for none
 * @param statusFlags MySQL's server status of the session after the statement (IN_TRANS, AUTOCOMMIT); never MORE_RESULTS_EXISTS, which
 *     belongs to whoever splits the statements
 * @param warnings number of warnings, 0 to 65535
 * @param info MySQL's human readable info such as {@code Rows matched: 1  Changed: 1  Warnings: 0}; empty for none
 */
public record ResultEnd(long affectedRows, long insertId, int statusFlags, int warnings, String info) {}
