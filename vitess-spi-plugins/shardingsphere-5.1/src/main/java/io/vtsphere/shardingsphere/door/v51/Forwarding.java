package io.vtsphere.shardingsphere.door.v51;

import io.vitess.proto.Query;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.vterrors.VtException;
import java.util.List;

/** Passes everything on. */
class Forwarding implements ResultHandler {
    private final ResultHandler handler;

    Forwarding(ResultHandler handler) {
        this.handler = handler;
    }

    @Override
    public void fields(List<Query.Field> fields) {
        handler.fields(fields);
    }

    @Override
    public void rows(List<Query.Row> rows) {
        handler.rows(rows);
    }

    @Override
    public boolean writable() {
        return handler.writable();
    }

    @Override
    public void onWritable(Runnable task) {
        handler.onWritable(task);
    }

    @Override
    public void end(ResultEnd end) {
        handler.end(end);
    }

    @Override
    public void fail(VtException error) {
        handler.fail(error);
    }
}
