package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.vterrors.VtException;
import java.util.List;

/**
 * Takes the answer to one command of a session.
 *
 * <p>Every method is called on the session's event loop. The order is: for a statement with a result set {@link #fields}, any number of
 * {@link #rows}, {@link #end}; for one without only {@link #end}; {@link #fail} ends either at any point. After {@code end} or
 * {@code fail} nothing more is called, and the session takes its next command.
 */
public interface ResultHandler {
    /** Starts a result set; called at most once, with at least one field. */
    void fields(List<Query.Field> fields);

    /** Rows of the result set that {@link #fields} started, each with one length per field. */
    void rows(List<Query.Row> rows);

    /** Whether the client takes more rows now; a streaming producer pauses while this is false. */
    boolean writable();

    /**
     * Calls {@code task} once on the session's event loop, as soon as {@link #writable} is true again (at once when it is). Only one
     * task waits at a time: a later one replaces it. Never called when the client is gone; the session's {@code close} is then.
     */
    void onWritable(Runnable task);

    /** The statement has succeeded: ends the rows, or, without {@link #fields} before it, is the OK. */
    void end(ResultEnd end);

    /** The statement has failed; rows that were passed before stay with the client. */
    void fail(VtException error);
}
