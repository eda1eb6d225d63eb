package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.VariableScope;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts bind variables in the place of what only the session knows: user variables, some functions and system variables. Columns keep their
 * names: MySQL names a column without alias by its text, and where what is sent is another text, the client's becomes an alias.
 *
 * <p>Source: Vitess' {@code go/vt/sqlparser/normalizer.go} and {@code go/vt/sysvars}.
 */
final class SessionValues extends Rewriter {
    /** Variables that the gate keeps for every session, set or not. */
    private static final Set<String> GATE_VARIABLES = Set.of(
            "autocommit",
            "client_found_rows",
            "skip_query_plan_cache",
            "sql_select_limit",
            "transaction_mode",
            "ddl_strategy",
            "workload",
            "session_uuid",
            "migration_context",
            "enable_system_settings",
            "read_after_write_gtid",
            "read_after_write_timeout",
            "read_after_write_consistency",
            "session_track_gtids",
            "query_timeout",
            "transaction_timeout",
            "pseudo_thread_id",
            "tx_read_only",
            "transaction_read_only",
            "version",
            "version_comment",
            "socket");

    private static final Pattern BIND_NAME = Pattern.compile("[A-Za-z0-9_$]+");

    /** MySQL's limit for an alias, in characters. */
    private static final int MAX_ALIAS = 256;

    private final String sql;
    private final PlanSettings settings;
    private final boolean namesDatabase;
    private final boolean locks;
    private final Map<String, SessionValue> found = new LinkedHashMap<>();

    /**
     * For a statement parsed from {@code sql}; {@code namesDatabase} says whether DATABASE() is the session's target: beside tables it is
     * the tablet's own database.
     */
    SessionValues(String sql, PlanSettings settings, boolean namesDatabase) {
        this(sql, settings, namesDatabase, false);
    }

    /** The same; {@code locks} allows lock functions. */
    SessionValues(String sql, PlanSettings settings, boolean namesDatabase, boolean locks) {
        this.locks = locks;
        this.sql = sql;
        this.settings = settings;
        this.namesDatabase = namesDatabase;
    }

    List<SessionValue> found() {
        return new ArrayList<>(found.values());
    }

    @Override
    public SelectItem item(SelectItem item) {
        SelectItem rewritten = super.item(item);
        if (sql.isEmpty()
                || !(item instanceof SelectItem.Item before)
                || !(rewritten instanceof SelectItem.Item after)
                || before.alias() != null) {
            return rewritten;
        }
        String label = before.label(sql);
        boolean named = label.isEmpty() || label.length() > MAX_ALIAS || isNamedSo(after.expr(), label);
        return named ? rewritten : new SelectItem.Item(after.expr(), label, after.span());
    }

    /** Whether the tablet gives the column that name by itself. A text with bind variables in it never reaches MySQL as it is printed. */
    private static boolean isNamedSo(Expr expr, String label) {
        if (expr instanceof Expr.Column column) {
            return column.name().equals(label);
        }
        if (expr instanceof Literal literal && literal.kind() == Literal.Kind.STRING) {
            return literal.text().equals(label);
        }
        return SqlPrinter.print(expr).equals(label) && !label.contains(":");
    }

    @Override
    public Expr expr(Expr expr) {
        if (expr instanceof Call call && call.schema() == null) {
            Expr value = function(call);
            return value == null ? super.expr(expr) : value;
        }
        if (expr instanceof Expr.UserVariable variable) {
            return userVariable(variable.name());
        }
        if (expr instanceof Expr.SystemVariable variable) {
            return systemVariable(variable);
        }
        if (expr instanceof Expr.AssignVariable) {
            throw VtError.VT12001.with("Assignment expression");
        }
        return super.expr(expr);
    }

    private @Nullable Expr function(Call call) {
        String name = call.name().toLowerCase(Locale.ROOT);
        if (!locks && LockFunctions.NAMES.contains(name)) {
            throw VtError.VT12001.with("LOCK function " + name);
        }
        if (!call.arguments().isEmpty()) {
            return null;
        }
        return switch (name) {
            case "database", "schema" ->
                namesDatabase ? bind("__vtdbname", SessionValue.Kind.DATABASE, null, null) : null;
            case "last_insert_id" -> bind("__lastInsertId", SessionValue.Kind.LAST_INSERT_ID, null, SqlType.UINT64);
            case "found_rows" -> bind("__vtfrows", SessionValue.Kind.FOUND_ROWS, null, SqlType.INT64);
            case "row_count" -> bind("__vtrcount", SessionValue.Kind.ROW_COUNT, null, SqlType.INT64);
            case "version" -> variable("version");
            case "connection_id" -> variable("pseudo_thread_id");
            case "user", "session_user", "system_user", "current_user" -> variable("user");
            default -> null;
        };
    }

    private Expr userVariable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!BIND_NAME.matcher(lower).matches()) {
            throw VtError.VT12001.with("user variable of the name '" + name + "'");
        }
        return bind("__vtudv" + lower, SessionValue.Kind.USER_VARIABLE, lower, null);
    }

    private Expr systemVariable(Expr.SystemVariable variable) {
        boolean session = variable.scope() == null
                || variable.scope() == VariableScope.SESSION
                || variable.scope() == VariableScope.LOCAL;
        String name = variable.name();
        if (session && (name.equals("last_insert_id") || name.equals("identity"))) {
            return bind("__lastInsertId", SessionValue.Kind.LAST_INSERT_ID, null, SqlType.UINT64);
        }
        if (!session
                || !(GATE_VARIABLES.contains(name) || settings.storedVariables().contains(name))) {
            return variable;
        }
        return variable(name);
    }

    private Expr variable(String name) {
        return bind("__vt" + name, SessionValue.Kind.SYSTEM_VARIABLE, name, null);
    }

    private Expr bind(String bindName, SessionValue.Kind kind, @Nullable String name, @Nullable SqlType type) {
        found.putIfAbsent(bindName, new SessionValue(bindName, kind, name));
        return new Expr.Bind(bindName, type);
    }
}
