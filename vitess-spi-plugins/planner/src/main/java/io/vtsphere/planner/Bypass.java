package io.vtsphere.planner;

import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.vterrors.VtError;
import java.util.List;
import java.util.Objects;

/** Statements of a session whose target names shards: sent there unplanned, only with the keyspaces before table names taken away. */
final class Bypass {
    private final Tables tables;
    private final PlanSettings settings;

    Bypass(Tables tables, PlanSettings settings) {
        this.tables = tables;
        this.settings = settings;
    }

    Plan plan(StatementKind kind, String sql, Statement statement, Directives directives) {
        ShardTarget shards = Objects.requireNonNull(tables.target().shards(), "a target without shards is planned");
        String keyspace = tables.target().keyspace();
        if (keyspace == null) {
            throw VtError.VT09005.with();
        }
        if (statement instanceof Insert && shards instanceof ShardTarget.ExactKeyRange range) {
            throw VtError.VT03023.with(keyspace + "[" + range.range() + "]");
        }
        boolean touchesData = namesTable(statement);
        SessionValues values = new SessionValues(sql, settings, !touchesData);
        Statement prepared = OptimizerHints.add(values.statement(statement), settings.setVarHint());
        QueryText text = new SentText(tables, false).print(prepared);
        Routing routing = Routing.byDestination(
                keyspace, tables.state().keyspace(keyspace).sharded(), shards);
        Primitive send = new Primitive.Send(routing, text, kind.isDml(), false, List.of());
        return new Plan(kind, send, values.found(), directives, touchesData && kind != StatementKind.SHOW);
    }

    private static boolean namesTable(Statement statement) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                found[0] |= node instanceof TableName name && !name.name().equalsIgnoreCase("dual");
                return true;
            }
        }.walk(statement);
        return found[0];
    }
}
