package io.vtsphere.planner;

import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ORDER BY of a join: by columns of one part, which sorts its own rows when it is read first, or of several, by which the joined rows are
 * sorted.
 */
final class JoinSorting {
    private final List<Key> keys = new ArrayList<>();

    private record Key(JoinSide side, Expr expr, boolean descending) {}

    private JoinSorting() {}

    /** The keys; null where some key is not one part's, or not certain to be. */
    static @Nullable JoinSorting of(Select select, JoinBlock block, JoinParts parts) {
        JoinSorting sorting = new JoinSorting();
        Scope scope = Scope.within(null);
        for (JoinLeaf leaf : block.leaves()) {
            Occurrence occurrence = leaf.occurrence();
            scope.add(occurrence == null ? Occurrence.derived(leaf.name(), Map.of(), false) : occurrence);
        }
        Block whole = new Block(select, scope, new Facts(), List.of());
        MergeKeys meanings = new MergeKeys(whole, new SelectList(whole));
        for (OrderItem item : select.orderBy()) {
            Expr expr = named(select, item.expr());
            expr = expr == null ? meanings.meaning(item.expr()) : expr;
            if (expr == null) {
                continue;
            }
            Set<JoinLeaf> used = block.leaves(expr);
            JoinSide side = used == null || used.isEmpty() ? null : parts.sideOf(used);
            boolean ambiguous = item.expr() instanceof Expr.Column column
                    && column.table() == null
                    && isAmbiguous(select, column.name(), block);
            if (side == null || ambiguous || (side.outer() && !(expr instanceof Expr.Column))) {
                return null;
            }
            sorting.keys.add(new Key(side, expr, item.descending()));
        }
        return sorting;
    }

    /** Whether several columns of the result may have that name, which MySQL refuses to sort by. */
    private static boolean isAmbiguous(Select select, String name, JoinBlock block) {
        Set<Expr> named = new HashSet<>();
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Star) {
                if (block.leaves().stream().anyMatch(leaf -> !leaf.listsAllColumns() || leaf.knows(name))) {
                    return true;
                }
            } else if (item instanceof SelectItem.Item entry) {
                String alias = entry.alias();
                String label = alias == null && entry.expr() instanceof Expr.Column column ? column.name() : alias;
                if (name.equalsIgnoreCase(label)) {
                    named.add(entry.expr());
                }
            }
        }
        return named.size() > 1;
    }

    /** A name without a table is first of all that of a column of the select list. */
    private static @Nullable Expr named(Select select, Expr expr) {
        if (!(expr instanceof Expr.Column column) || column.table() != null) {
            return null;
        }
        Expr found = null;
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Item entry
                    && entry.alias() == null
                    && entry.expr() instanceof Expr.Column listed
                    && listed.name()
                            .toLowerCase(Locale.ROOT)
                            .equals(column.name().toLowerCase(Locale.ROOT))) {
                if (found != null && !found.equals(listed)) {
                    return null;
                }
                found = listed;
            }
        }
        return found;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The part that all keys are of; null when there is none. */
    @Nullable
    JoinSide side() {
        return keys.stream().map(Key::side).distinct().count() == 1
                ? keys.get(0).side()
                : null;
    }

    /** The keys for the read of that part. */
    List<OrderItem> items() {
        return keys.stream()
                .map(key -> new OrderItem(key.expr(), key.descending()))
                .toList();
    }

    /** A key's places in its part. */
    record Placed(JoinSide side, int value, int weight, boolean descending) {}

    /** Puts the keys into the select lists of their parts. */
    List<Placed> place() {
        List<Placed> placed = new ArrayList<>();
        for (Key key : keys) {
            int value = key.side().slot(key.expr());
            boolean number = key.expr() instanceof Expr.Column && key.side().isKnownNotText(key.expr());
            int weight = number ? -1 : key.side().slot(Call.of("weight_string", key.expr()));
            placed.add(new Placed(key.side(), value, weight, key.descending()));
        }
        return placed;
    }
}
