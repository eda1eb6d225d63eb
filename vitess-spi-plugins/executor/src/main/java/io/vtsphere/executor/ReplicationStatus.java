package io.vtsphere.executor;

import com.google.gson.JsonObject;
import io.vitess.proto.Query;
import io.vtsphere.executor.ShowRows.LikePattern;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.planner.Primitive;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * SHOW VITESS_REPLICATION_STATUS: asks every replica for its MySQL's replication status.
 *
 * <p>Runs on a session thread, which waits for the replicas one after the other. A replica that does not answer has empty columns. Source of
 * the columns: {@code showVitessReplicationStatus} in Vitess' {@code go/vt/vtgate/executor.go}.
 */
final class ReplicationStatus {
    private static final List<String> COLUMNS = List.of(
            "Keyspace",
            "Shard",
            "TabletType",
            "Alias",
            "Hostname",
            "ReplicationSource",
            "ReplicationHealth",
            "ReplicationLag",
            "ThrottlerStatus");
    /** The name since MySQL 8.0.22, and the one before. */
    private static final List<String> STATEMENTS = List.of("show replica status", "show slave status");

    private static final int SYNTAX_ERROR = 1064;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TabletGateway gateway;
    private final CallOptions options;
    private final LoopWait loop;

    ReplicationStatus(TabletGateway gateway, CallOptions options, LoopWait loop) {
        this.gateway = gateway;
        this.options = options;
        this.loop = loop;
    }

    static boolean isAsked(Primitive.ShowState show) {
        return show.subject() == Primitive.ShowState.Subject.VITESS_REPLICATION_STATUS;
    }

    /** @param like matches {@code keyspace/shard}; null for all */
    StatementResult rows(@Nullable String like) {
        List<List<String>> rows = new ArrayList<>();
        for (TabletHealth health : gateway.tablets()) {
            TabletType type = health.target().type();
            String shard = health.target().keyspace() + "/" + health.target().shard();
            boolean replica = type == TabletType.REPLICA || type == TabletType.RDONLY;
            if (replica && LikePattern.matches(like, shard)) {
                rows.add(row(health));
            }
        }
        return ShowRows.listing(COLUMNS, rows);
    }

    private List<String> row(TabletHealth health) {
        Query.@Nullable QueryResult status = status(health);
        JsonObject state = new JsonObject();
        state.addProperty("EventStreamRunning", value(status, "Replica_IO_Running", "Slave_IO_Running"));
        state.addProperty("EventApplierRunning", value(status, "Replica_SQL_Running", "Slave_SQL_Running"));
        state.addProperty("LastError", value(status, "Last_Error", "Last_Error"));
        String lag = value(status, "Seconds_Behind_Source", "Seconds_Behind_Master");
        return List.of(
                health.target().keyspace(),
                health.target().shard(),
                health.target().type().name(),
                health.tablet().alias().toString(),
                health.tablet().hostname(),
                value(status, "Source_Host", "Master_Host") + ":" + value(status, "Source_Port", "Master_Port"),
                state.toString(),
                lag.isEmpty() ? "-1" : lag,
                "");
    }

    private Query.@Nullable QueryResult status(TabletHealth health) {
        for (String sql : STATEMENTS) {
            Query.BoundQuery query = Query.BoundQuery.newBuilder().setSql(sql).build();
            try {
                return loop.<Query.QueryResult>await((Reply<Query.QueryResult> reply) -> gateway.execute(
                        options.waitingCall(health.target(), health.tablet().alias(), PATIENCE_NANOS),
                        query,
                        Query.ExecuteOptions.getDefaultInstance(),
                        0,
                        0,
                        reply));
            } catch (VtException e) {
                if (e.errno() != SYNTAX_ERROR) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The value of the first of the columns that is there; empty for none or NULL. */
    private static String value(Query.@Nullable QueryResult status, String now, String before) {
        if (status == null || status.getRowsCount() == 0) {
            return "";
        }
        for (int i = 0; i < status.getFieldsCount(); i++) {
            String name = status.getFields(i).getName();
            if (name.equals(now) || name.equals(before)) {
                var cell = Cells.get(status.getRows(0), i);
                return cell == null ? "" : cell.toStringUtf8();
            }
        }
        return "";
    }
}
