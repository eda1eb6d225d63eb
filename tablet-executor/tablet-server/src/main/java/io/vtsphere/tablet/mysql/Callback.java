package io.vtsphere.tablet.mysql;

/**
 * Where the outcome of an asynchronous step goes: exactly one call, on the event loop of the connection that did the step or on the caller's
 * thread when it fails at once.
 */
public interface Callback<T> {
    void success(T value);

    /** {@code error} is a {@link MysqlException} when MySQL said it, else a {@code VtException}. */
    void failure(RuntimeException error);
}
