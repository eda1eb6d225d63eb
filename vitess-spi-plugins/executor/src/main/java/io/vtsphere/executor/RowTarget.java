package io.vtsphere.executor;

import io.vitess.proto.Query;
import java.util.List;

/** Where rows of a stream go; see {@link ResultHandler}. Called on the session's event loop. */
interface RowTarget {
    void fields(List<Query.Field> fields);

    void rows(List<Query.Row> rows);

    boolean writable();

    void onWritable(Runnable task);
}
