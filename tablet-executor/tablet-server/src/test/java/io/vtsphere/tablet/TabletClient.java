package io.vtsphere.tablet;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vitess.proto.Query;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import io.vitess.proto.Query.Type;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.topo.TabletType;
import java.util.ArrayList;
import java.util.List;

/** Calls a tablet as a gate does; for tests. */
final class TabletClient implements AutoCloseable {
    final ManagedChannel channel;
    final QueryGrpc.QueryBlockingStub stub;
    final Query.Target target;

    TabletClient(TabletServer tablet, TabletType type) {
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", tablet.grpcPort())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        this.stub = QueryGrpc.newBlockingStub(channel);
        this.target = Query.Target.newBuilder()
                .setKeyspace(tablet.config().keyspace())
                .setShard(tablet.config().shard())
                .setTabletType(type.proto())
                .build();
    }

    QueryResult execute(String sql) {
        return execute(sql, 0, ExecuteOptions.getDefaultInstance());
    }

    QueryResult execute(String sql, long transactionId) {
        return execute(sql, transactionId, ExecuteOptions.getDefaultInstance());
    }

    QueryResult execute(String sql, long transactionId, ExecuteOptions options) {
        return stub.execute(request(sql, transactionId, options)).getResult();
    }

    Query.ExecuteRequest request(String sql, long transactionId, ExecuteOptions options) {
        return Query.ExecuteRequest.newBuilder()
                .setTarget(target)
                .setQuery(BoundQuery.newBuilder().setSql(sql))
                .setTransactionId(transactionId)
                .setOptions(options)
                .build();
    }

    long begin() {
        return begin(ExecuteOptions.getDefaultInstance());
    }

    long begin(ExecuteOptions options) {
        return stub.begin(Query.BeginRequest.newBuilder()
                        .setTarget(target)
                        .setOptions(options)
                        .build())
                .getTransactionId();
    }

    void commit(long id) {
        stub.commit(Query.CommitRequest.newBuilder()
                .setTarget(target)
                .setTransactionId(id)
                .build());
    }

    void rollback(long id) {
        stub.rollback(Query.RollbackRequest.newBuilder()
                .setTarget(target)
                .setTransactionId(id)
                .build());
    }

    /** The rows' values as text; NULL is null. */
    static List<List<String>> rows(QueryResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : result.getRowsList()) {
            List<String> values = new ArrayList<>();
            int at = 0;
            for (long length : row.getLengthsList()) {
                if (length < 0) {
                    values.add(null);
                } else {
                    values.add(row.getValues().substring(at, at + (int) length).toStringUtf8());
                    at += (int) length;
                }
            }
            rows.add(values);
        }
        return rows;
    }

    static BindVariable text(String value) {
        return BindVariable.newBuilder()
                .setType(Type.VARCHAR)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
