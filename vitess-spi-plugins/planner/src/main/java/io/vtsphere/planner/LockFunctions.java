package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * MySQL's advisory locks. All of them live on one shard, whatever the session's keyspace: that of keyspace id 00 in the first keyspace by
 * name, as in vtgate. Source of rules and texts: Vitess' {@code go/vt/vtgate/planbuilder/select.go}.
 */
final class LockFunctions {
    static final Set<String> NAMES =
            Set.of("get_lock", "release_lock", "release_all_locks", "is_free_lock", "is_used_lock");

    private LockFunctions() {}

    /**
     * Whether the statement selects lock functions and nothing else.
     *
     * @throws VtException VT12001 when it selects other expressions beside them
     */
    static boolean only(Statement statement) {
        if (!(statement instanceof Select select)) {
            return false;
        }
        boolean locks = select.items().stream().anyMatch(LockFunctions::isLock);
        if (!locks) {
            return false;
        }
        for (SelectItem item : select.items()) {
            if (!isLock(item)) {
                String other = item instanceof SelectItem.Item value ? SqlPrinter.print(value.expr()) : "*";
                throw VtError.VT12001.with("LOCK function and other expression: [" + other + "] in same select query");
            }
        }
        if (!select.from().isEmpty() || select.where() != null || select.limit() != null) {
            SelectItem.Item first = (SelectItem.Item) select.items().get(0);
            throw VtError.VT12001.with(SqlPrinter.print(first.expr()) + " allowed only with dual");
        }
        return true;
    }

    private static boolean isLock(SelectItem item) {
        return item instanceof SelectItem.Item value
                && value.expr() instanceof Call call
                && call.schema() == null
                && NAMES.contains(call.name().toLowerCase(Locale.ROOT));
    }

    /** The plan of such a statement. */
    static Primitive plan(Select select, Tables tables) {
        KeyspaceState first = tables.state().keyspaces().values().stream()
                .min(Comparator.comparing(KeyspaceState::name))
                .orElseThrow(VtError.VT09005::with);
        Routing routing = Routing.byDestination(
                first.name(), first.sharded(), new ShardTarget.OwnerOf(KeyspaceId.of(new byte[] {0})));
        List<LockCall> calls = new ArrayList<>();
        for (SelectItem item : select.items()) {
            SelectItem.Item value = (SelectItem.Item) item;
            calls.add(call((Call) value.expr(), value.alias() == null ? "" : value.alias()));
        }
        return new Primitive.Lock(routing, SentText.text(select), calls);
    }

    private static LockCall call(Call call, String alias) {
        String function = call.name().toLowerCase(Locale.ROOT);
        String label = alias.isEmpty() ? SqlPrinter.print(call) : alias;
        if (function.equals("release_all_locks")) {
            return new LockCall(function, null, label);
        }
        RouteValue name = call.arguments().isEmpty()
                ? null
                : RouteValues.single(call.arguments().get(0));
        if (name == null) {
            Expr shown = call;
            throw VtError.VT12001.with("lock name that is no value: " + SqlPrinter.print(shown));
        }
        return new LockCall(function, name, label);
    }
}
