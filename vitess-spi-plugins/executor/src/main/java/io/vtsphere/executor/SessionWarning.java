package io.vtsphere.executor;

/**
 * One row of SHOW WARNINGS.
 *
 * @param code a MySQL error number, or one of Vitess' own such as 301; unsigned 16 bit
 */
record SessionWarning(int code, String message) {}
