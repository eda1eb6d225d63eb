package io.vtsphere.executor;

import io.vtsphere.planner.Directives;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.planner.StatementKind;
import io.vtsphere.sql.ast.Begin;
import io.vtsphere.sql.ast.Commit;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Rollback;
import io.vtsphere.sql.ast.Savepoint;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ServingState;
import io.vtsphere.vindex.Vindex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Plans written by hand, by statements of a small language: {@code read 1}, {@code write 1} (by customer id), {@code scan}, {@code write
 * all}, {@code begin} and so on. The text that tablets see is the statement's first word.
 */
final class HandMadePlans implements StatementPlans {
    private final Map<String, Function<Vindex, Plan>> more = new HashMap<>();

    void add(String sql, Function<Vindex, Plan> plan) {
        more.put(sql, plan);
    }

    @Override
    public Planned plan(String sql, SessionState session, ServingState state) {
        Vindex hash = Objects.requireNonNull(
                        state.keyspace("customer").vschema().vindexes().get("hash"))
                .vindex();
        Binds binds = new Binds();
        Plan plan = more.containsKey(sql) ? more.get(sql).apply(hash) : plan(sql, hash, binds);
        return new Planned(plan, binds, state, sql);
    }

    @Override
    public Plan lookup(String sql, SessionState session, ServingState state) {
        throw new AssertionError("no lookup vindexes here: " + sql);
    }

    @Override
    public Plan made(Statement statement, SessionState session, ServingState state) {
        throw new AssertionError("no statements that make others here: " + statement);
    }

    private static Plan plan(String sql, Vindex hash, Binds binds) {
        String[] words = sql.split(" ", -1);
        switch (sql) {
            case "begin":
                return command(StatementKind.BEGIN, new Begin(false, List.of()));
            case "commit":
                return command(StatementKind.COMMIT, new Commit());
            case "rollback":
                return command(StatementKind.ROLLBACK, new Rollback());
            case "scan":
                return plan(StatementKind.SELECT, scan(List.of(), 0));
            case "write all":
                return plan(
                        StatementKind.UPDATE,
                        new Primitive.Update(
                                Routing.of(Opcode.SCATTER, "customer", true), QueryText.of("write"), "customer"));
            default:
                break;
        }
        if (words[0].equals("savepoint")) {
            return command(StatementKind.SAVEPOINT, new Savepoint(Savepoint.Action.SAVEPOINT, words[1]));
        }
        if (words[0].equals("rollback")) {
            return command(StatementKind.SAVEPOINT_ROLLBACK, new Savepoint(Savepoint.Action.ROLLBACK_TO, words[2]));
        }
        binds.set("id", SqlValue.int64(Long.parseLong(words[1])));
        Routing routing = Routing.byVindex(Opcode.EQUAL_UNIQUE, "customer", hash, List.of(new RouteValue.Bind("id")));
        QueryText query = new QueryText(words[0], List.of("id"));
        return words[0].equals("read")
                ? plan(
                        StatementKind.SELECT,
                        new Primitive.Route(
                                routing, query, "fields", List.of(), 0, false, List.of("customer.customer"), List.of()))
                : plan(StatementKind.UPDATE, new Primitive.Update(routing, query, "customer"));
    }

    static Primitive.Route scan(List<OrderKey> orderBy, int resultColumns) {
        return new Primitive.Route(
                Routing.of(Opcode.SCATTER, "customer", true),
                QueryText.of("scan"),
                "fields",
                orderBy,
                resultColumns,
                false,
                List.of("customer.customer"),
                List.of());
    }

    static Plan plan(StatementKind kind, Primitive root) {
        return new Plan(kind, root, List.of(), Directives.NONE, true);
    }

    static Plan command(StatementKind kind, Statement statement) {
        return new Plan(kind, new Primitive.SessionCommand(statement), List.of(), Directives.NONE, false);
    }

    @Override
    public PreparedText prepare(String sql) {
        throw new UnsupportedOperationException(sql);
    }

    @Override
    public Planned plan(PreparedText text, List<SqlValue> params, SessionState session, ServingState state) {
        throw new UnsupportedOperationException(text.sql());
    }

    @Override
    public Planned planForFields(PreparedText text, SessionState session, ServingState state) {
        throw new UnsupportedOperationException(text.sql());
    }

    @Override
    public String print(Expr expr) {
        throw new UnsupportedOperationException(expr.toString());
    }
}
