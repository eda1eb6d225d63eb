package io.vtsphere.tablet.query;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.ExecuteOptions.IncludedFields;
import io.vitess.proto.Query.Field;
import io.vtsphere.tablet.mysql.ResponseHandler;
import io.vtsphere.tablet.query.ResultCollector.FieldCache;
import io.vtsphere.tablet.query.ResultCollector.Names;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the columns of a result, and knows whether a procedure sends a second one, which Vitess refuses. Confined to the connection's event loop. */
abstract class ColumnsCollector implements ResponseHandler {
    private final Names names;
    private final IncludedFields included;
    private final FieldCache cache;
    private FieldSet.@Nullable Collector fields;
    private int columns;
    private boolean many;

    ColumnsCollector(Names names, IncludedFields included, FieldCache cache) {
        this.names = names;
        this.included = included;
        this.cache = cache;
    }

    /** All columns are known. */
    abstract void fields(List<Field> all);

    @Override
    public final void columns(int count) {
        columns = count;
        fields = new FieldSet.Collector(cache.known(), count, names.database(), names.keyspace());
    }

    @Override
    public final void column(int index, ByteBuf packet) {
        FieldSet.Collector collector = fields;
        if (collector == null || many) {
            return;
        }
        collector.add(index, packet);
        if (index == columns - 1) {
            FieldSet finished = collector.finish();
            if (finished != cache.known()) {
                cache.store(finished);
            }
            fields(finished.fields(included));
        }
    }

    final boolean hasColumns() {
        return fields != null;
    }

    final int columnCount() {
        return columns;
    }

    /** Whether this is not the first result, whose rows do not count. */
    final boolean isMany() {
        return many;
    }

    /** Another result follows. */
    final void goesOn() {
        many = true;
    }

    static VtException tooManyResults() {
        return VtException.of(Code.UNIMPLEMENTED, "Multi-Resultset not supported in stored procedure");
    }
}
