package io.vtsphere.tablet.query;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.ExecuteOptions.IncludedFields;
import io.vitess.proto.Query.Field;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects one whole result, bounded in rows and bytes; what is beyond the bounds is read and thrown away, then the call fails.
 *
 * <p>Confined to the connection's event loop.
 */
final class ResultCollector extends ColumnsCollector {
    private final ResultLimits limits;
    private final Callback<Collected> callback;
    private final QueryResult.Builder result = QueryResult.newBuilder();
    private int rows;
    private long bytes;

    /** The database as MySQL knows it and the keyspace as clients do. */
    record Names(String database, String keyspace) {}

    /**
     * @param maxRows 0: no limit
     * @param maxBytes of rows: what fits into one gRPC message
     */
    record ResultLimits(int maxRows, int maxBytes) {}

    /** Where the columns of a statement's last run are. */
    interface FieldCache {
        @Nullable
        FieldSet known();

        void store(FieldSet fields);
    }

    /** @param status MySQL's status flags after the statement */
    record Collected(QueryResult result, Completion completion) {}

    ResultCollector(
            ResultLimits limits, Names names, IncludedFields included, FieldCache cache, Callback<Collected> callback) {
        super(names, included, cache);
        this.limits = limits;
        this.callback = callback;
    }

    @Override
    void fields(List<Field> all) {
        result.addAllFields(all);
    }

    @Override
    public void row(ByteBuf packet, int length) {
        rows++;
        bytes += length;
        if (!isMany() && bytes <= limits.maxBytes() && (limits.maxRows() == 0 || rows <= limits.maxRows())) {
            result.addRows(TextRow.decode(packet, length, columnCount()));
        }
    }

    @Override
    public void end(Completion completion) {
        if (completion.moreResults()) {
            goesOn();
            return;
        }
        if (isMany()) {
            callback.failure(tooManyResults());
            return;
        }
        if (limits.maxRows() != 0 && rows > limits.maxRows()) {
            callback.failure(tooManyRows(limits.maxRows()));
        } else if (bytes > limits.maxBytes()) {
            callback.failure(VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    "grpc: trying to send message larger than max (" + bytes + " vs. " + limits.maxBytes() + ")"));
        } else {
            if (!hasColumns()) {
                result.setRowsAffected(completion.affectedRows());
            }
            if (completion.insertId() != 0) {
                result.setInsertId(completion.insertId()).setInsertIdChanged(true);
            }
            if (!completion.gtids().isEmpty()) {
                result.setSessionStateChanges(completion.gtids());
            }
            callback.success(new Collected(result.build(), completion));
        }
    }

    @Override
    public void failed(RuntimeException error) {
        callback.failure(error);
    }

    static VtException tooManyRows(int limit) {
        return VtException.of(Code.ABORTED, "Row count exceeded " + limit);
    }
}
