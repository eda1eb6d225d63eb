package io.vtsphere.planner;

import io.vtsphere.sql.ast.CallProcedure;
import io.vtsphere.sql.ast.DescribeTable;
import io.vtsphere.sql.ast.Do;
import io.vtsphere.sql.ast.Explain;
import io.vtsphere.sql.ast.OtherStatement;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Set;

/** Statements that a shard answers as they are. */
final class PassThrough {
    /** About tables of one MySQL; on several shards each would answer for its own rows. */
    private static final Set<OtherStatement.Kind> TABLE_MAINTENANCE = Set.of(
            OtherStatement.Kind.ANALYZE_TABLE,
            OtherStatement.Kind.CHECK_TABLE,
            OtherStatement.Kind.CHECKSUM_TABLE,
            OtherStatement.Kind.OPTIMIZE_TABLE,
            OtherStatement.Kind.REPAIR_TABLE);

    private final Planning planning;

    PassThrough(Planning planning) {
        this.planning = planning;
    }

    Primitive plan(Statement statement) {
        if (statement instanceof Explain || statement instanceof DescribeTable) {
            return explain(statement);
        }
        if (statement instanceof Do) {
            return send(Planner.anyKeyspace(planning.tables()), planning.text().print(statement));
        }
        if (statement instanceof CallProcedure call) {
            String named = call.procedure().keyspace();
            KeyspaceState keyspace = keyspace(named == null ? Planner.anyKeyspace(planning.tables()) : named);
            if (keyspace.sharded()) {
                throw VtException.of(Code.UNIMPLEMENTED, "CALL is not supported for sharded keyspace");
            }
            return send(keyspace.name(), planning.text().print(statement));
        }
        if (statement instanceof OtherStatement other && TABLE_MAINTENANCE.contains(other.kind())) {
            KeyspaceState keyspace = keyspace(Planner.anyKeyspace(planning.tables()));
            if (keyspace.sharded()) {
                throw VtError.VT12001.with(other.kind().label() + " on a sharded keyspace");
            }
            return send(keyspace.name(), QueryText.of(other.text()));
        }
        if (statement instanceof OtherStatement other) {
            throw VtError.VT12001.with(other.kind().label());
        }
        throw VtError.VT12001.with(statement
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(java.util.Locale.ROOT));
    }

    private Primitive explain(Statement statement) {
        Set<String> keyspaces = planning.scan().keyspaces();
        if (keyspaces.size() > 1) {
            throw VtError.VT03031.with();
        }
        String keyspace = keyspaces.isEmpty()
                ? Planner.anyKeyspace(planning.tables())
                : keyspaces.iterator().next();
        return send(keyspace, planning.text().print(statement));
    }

    private KeyspaceState keyspace(String name) {
        return planning.tables().state().keyspace(name);
    }

    private Primitive send(String keyspace, QueryText text) {
        Routing routing = Routing.byDestination(keyspace, keyspace(keyspace).sharded(), ShardTarget.ANY);
        return new Primitive.Send(
                routing, text, false, true, List.copyOf(planning.tables().used()));
    }
}
