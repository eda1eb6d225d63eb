package io.vtsphere.planner;

import io.vtsphere.sql.ast.CallProcedure;
import io.vtsphere.sql.ast.DescribeTable;
import io.vtsphere.sql.ast.Do;
import io.vtsphere.sql.ast.Explain;
import io.vtsphere.sql.ast.Flush;
import io.vtsphere.sql.ast.OtherStatement;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Statements that a shard answers as they are. */
final class PassThrough {
    /** Work on tables that every shard does on its own part. */
    private static final Set<OtherStatement.Kind> TABLE_MAINTENANCE = Set.of(
            OtherStatement.Kind.ANALYZE_TABLE,
            OtherStatement.Kind.CHECK_TABLE,
            OtherStatement.Kind.OPTIMIZE_TABLE,
            OtherStatement.Kind.REPAIR_TABLE);

    /** Takes a lock that would stay in one of the tablets' pooled connections. */
    private static final Pattern LOCKING_FLUSH = Pattern.compile("(?is).*\\b(with\\s+read\\s+lock|for\\s+export)\\b.*");

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
            return maintenance(other);
        }
        if (statement instanceof Flush flush) {
            return flush(flush);
        }
        if (statement instanceof OtherStatement other && other.kind() == OtherStatement.Kind.CHECKSUM_TABLE) {
            return checksum(other);
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

    /** All shards do it. ANALYZE shows each shard's answer, as vtgate does; of the others equal answers are shown once. */
    private Primitive maintenance(OtherStatement statement) {
        Primitive send = everywhere(statement.kind().label(), statement.text());
        return statement.kind() == OtherStatement.Kind.ANALYZE_TABLE
                ? send
                : new Primitive.Merged(Primitive.Merged.Way.EQUAL_ROWS_ONCE, send);
    }

    private Primitive flush(Flush flush) {
        if (LOCKING_FLUSH.matcher(flush.text()).matches()) {
            throw VtError.VT12001.with("FLUSH TABLES that locks");
        }
        return everywhere("FLUSH", flush.text());
    }

    /** The sum over all rows of a table, which the sums of its parts do not tell. */
    private Primitive checksum(OtherStatement statement) {
        if (keyspace(Planner.anyKeyspace(planning.tables())).sharded()) {
            throw VtError.VT12001.with(statement.kind().label() + " on a sharded keyspace");
        }
        return everywhere(statement.kind().label(), statement.text());
    }

    /** To all shards of the session's keyspace. The text goes as it is; a keyspace's name in it would mean a database to MySQL. */
    private Primitive everywhere(String label, String text) {
        if (text.indexOf('.') >= 0) {
            throw VtError.VT12001.with(label + " of a table with its keyspace's name");
        }
        String keyspace = Planner.anyKeyspace(planning.tables());
        Routing routing = Routing.byDestination(keyspace, keyspace(keyspace).sharded(), ShardTarget.ALL);
        return new Primitive.Send(routing, QueryText.of(text), false, false, List.of());
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
