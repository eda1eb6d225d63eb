package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.Directives;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.SetItem;
import io.vtsphere.sql.ast.SetStatement;
import io.vtsphere.sql.ast.SetTransaction;
import io.vtsphere.sql.ast.VariableScope;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * SET, assignment by assignment from left to right, on a session thread.
 *
 * <p>Source: Vitess' {@code go/vt/vtgate/planbuilder/set.go} and {@code engine/set.go}. Used once.
 */
final class SetRun {
    private static final Set<String> ISOLATION_LEVELS =
            Set.of("READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE");

    /** Modes that change how a statement is read: the gate has read it already, in the usual way. */
    private static final List<String> REFUSED_SQL_MODES =
            List.of("ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "PIPES_AS_CONCAT", "REAL_AS_FLOAT", "ANSI");

    private final Gate gate;
    private final SessionParts parts;
    private final SessionState session;
    private final Function<Expr, SqlValue> evaluate;

    /** @param evaluate gives the value of an expression, asking a tablet where it is more than a literal */
    SetRun(Gate gate, SessionParts parts, Function<Expr, SqlValue> evaluate) {
        this.gate = gate;
        this.parts = parts;
        this.session = parts.state();
        this.evaluate = evaluate;
    }

    void run(SetStatement statement) {
        // All values are taken before any user variable changes: in SET @a = 1, @b = @a the second is the old one.
        Map<String, SqlValue> userVariables = new LinkedHashMap<>();
        for (SetItem item : statement.items()) {
            if (item.target() instanceof Expr.UserVariable variable) {
                userVariables.put(variable.name().toLowerCase(Locale.ROOT), value(item.value()));
            }
        }
        for (SetItem item : statement.items()) {
            if (item.target() instanceof Expr.UserVariable) {
                continue;
            }
            if (item.target() instanceof Expr.SystemVariable variable) {
                set(variable, item.value());
            } else {
                throw VtError.VT12001.with("SET of " + item.target());
            }
        }
        session.userVariables.putAll(userVariables);
    }

    void run(SetTransaction statement) {
        if (statement.scope() == VariableScope.GLOBAL) {
            ignore();
            return;
        }
        if (statement.scope() == null) {
            session.warn(1235, "converted 'next transaction' scope to 'session' scope");
        }
        if (statement.readOnly() != null) {
            session.readOnly = statement.readOnly();
        }
        if (statement.isolation() != null) {
            String level = statement.isolation().replace(' ', '-').toUpperCase(Locale.ROOT);
            store("transaction_isolation", SqlValue.varchar(level), true);
        }
    }

    private void set(Expr.SystemVariable variable, Expr expr) {
        String name = variable.name();
        if (variable.scope() == VariableScope.VITESS_METADATA) {
            throw VtException.of(
                    Code.PERMISSION_DENIED,
                    "User '" + session.params.userData() + "' not authorized to perform vitess metadata operations");
        }
        if (variable.scope() == VariableScope.GLOBAL) {
            ignore();
            return;
        }
        SystemVariables.Group group = SystemVariables.group(name);
        if (group == null
                || variable.scope() == VariableScope.PERSIST
                || variable.scope() == VariableScope.PERSIST_ONLY) {
            throw VtError.VT05006.with("@@" + name + " = " + gate.plans().print(expr));
        }
        switch (group) {
            case READ_ONLY -> throw VtError.VT03010.with(name);
            case UNSUPPORTED -> throw VtError.VT12001.with("system setting: " + name);
            case IGNORED, CHECK_AND_IGNORE -> ignore();
            case VITESS -> {
                SqlValue value = isDefault(expr) ? null : word(expr);
                if (new VitessVariables(session).set(name, value)) {
                    parts.loop().<Boolean>await(parts.ends()::commit);
                }
            }
            case SET_VAR, RESERVED -> {
                if (!session.systemSettings) {
                    ignore();
                } else if (isDefault(expr)) {
                    throw VtError.VT12001.with("DEFAULT for @@" + name);
                } else {
                    store(name, setting(name, word(expr)), group == SystemVariables.Group.RESERVED);
                }
            }
            default -> throw VtError.VT12001.with("system setting: " + name);
        }
    }

    private void ignore() {
        parts.metrics().warning("IgnoredSet");
    }

    private static boolean isDefault(Expr expr) {
        return expr instanceof Expr.Default;
    }

    private SqlValue value(Expr expr) {
        SqlValue literal = SqlLiterals.read(expr);
        return literal != null ? literal : evaluate.apply(expr);
    }

    /** A bare word is a string where a system variable is set. */
    private SqlValue word(Expr expr) {
        return expr instanceof Expr.Column column && column.table() == null
                ? SqlValue.varchar(column.name())
                : value(expr);
    }

    /** The value in the form in which it is sent; what MySQL would refuse is refused here, as no later statement could be. */
    private static SqlValue setting(String name, SqlValue value) {
        String text = value.text();
        if (name.equals("transaction_isolation") || name.equals("tx_isolation")) {
            String level = text.toUpperCase(Locale.ROOT);
            if (!ISOLATION_LEVELS.contains(level)) {
                throw wrongValue(name, text);
            }
            return SqlValue.varchar(level);
        }
        if (text.equalsIgnoreCase("on") || text.equalsIgnoreCase("true")) {
            return SqlValue.int64(1);
        }
        if (text.equalsIgnoreCase("off") || text.equalsIgnoreCase("false")) {
            return SqlValue.int64(0);
        }
        return value;
    }

    private static VtException wrongValue(String name, String value) {
        return VtException.of(
                Code.INVALID_ARGUMENT,
                State.WRONG_VALUE_FOR_VAR,
                "Variable '" + name + "' can't be set to the value of '" + value + "'");
    }

    private void store(String name, SqlValue value, boolean reserved) {
        String literal = SqlLiterals.print(value);
        if (session.target.bypassesPlanning()) {
            put(name, value, true);
            return;
        }
        boolean sqlMode = name.equals("sql_mode");
        Query.@Nullable Row changed = sqlMode
                ? changedSqlMode(value)
                : ask("select " + literal + " from dual where @@" + name + " != " + literal);
        if (changed == null) {
            // The connections have this value already. A hint that said otherwise must go; a setting cannot say
            // otherwise here.
            if (!session.needsReserved) {
                session.removeSetting(name);
            }
            return;
        }
        verify(name, literal);
        put(name, value, reserved);
    }

    private void put(String name, SqlValue value, boolean reserved) {
        session.setSetting(name, value, reserved);
        if (session.needsReserved) {
            List<ShardSession> held = List.copyOf(session.transaction.shards());
            String statement = "set " + name + " = " + SqlLiterals.print(value);
            parts.loop().<Boolean>await(reply -> parts.ends().onEachShard(held, statement, reply));
        }
    }

    /** MySQL itself checks the value, on a connection that is thrown away: a value that it refuses would break every later statement. */
    private void verify(String name, String literal) {
        Target target = anyShard();
        parts.loop().<Query.QueryResult>await(reply -> parts.calls()
                .trySetting(target, "set " + name + " = " + literal, reply));
    }

    private Query.@Nullable Row changedSqlMode(SqlValue value) {
        String literal = SqlLiterals.print(value);
        Query.Row row = ask("select @@sql_mode orig, " + literal + " new");
        if (row == null) {
            return null;
        }
        Set<String> modes = modes(Cells.get(row, 1));
        if (modes.equals(modes(Cells.get(row, 0)))) {
            return null;
        }
        for (String refused : REFUSED_SQL_MODES) {
            if (modes.contains(refused)) {
                throw VtException.of(Code.UNIMPLEMENTED, "setting the " + refused + " sql_mode is unsupported");
            }
        }
        return row;
    }

    private static Set<String> modes(@Nullable ByteString list) {
        Set<String> modes = new TreeSet<>();
        if (list != null) {
            for (String mode : list.toStringUtf8().toUpperCase(Locale.ROOT).split(",", -1)) {
                modes.add(mode.strip());
            }
        }
        return modes;
    }

    /** The first row of a query on any shard, with the session's settings; null for none. */
    private Query.@Nullable Row ask(String sql) {
        Query.BoundQuery query = Query.BoundQuery.newBuilder().setSql(sql).build();
        StatementResult result = new ShardRun(parts, Directives.NONE).read(anyShard(), query, false);
        return result.rows().isEmpty() ? null : result.rows().get(0);
    }

    /** The shard of the first keyspace that owns keyspace id 00. */
    private Target anyShard() {
        for (KeyspaceState keyspace : gate.states().current().keyspaces().values()) {
            TabletType type = session.tabletType();
            String shard = keyspace.shards(type)
                    .shardFor(KeyspaceId.of(new byte[] {0}))
                    .name();
            return new Target(keyspace.name(), shard, type);
        }
        throw VtError.VT09005.with();
    }

    /** The value of one column of one row, in the type that its field says. */
    static SqlValue only(StatementResult result) {
        if (result.rows().size() != 1 || result.fields().size() != 1) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, State.OPERAND_COLUMNS, "Operand should contain 1 column and give 1 row");
        }
        ByteString cell = Cells.get(result.rows().get(0), 0);
        SqlType type = SqlType.ofNumber(result.fields().get(0).getTypeValue());
        if (cell == null || type == null) {
            return SqlValue.NULL;
        }
        return SqlValue.of(type, cell.toByteArray());
    }
}
