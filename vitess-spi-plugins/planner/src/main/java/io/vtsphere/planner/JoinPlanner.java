package io.vtsphere.planner;

import io.vtsphere.sql.BindNames;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.IsTest;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans a SELECT of tables that lie apart as a join in the gate, where that is certain to give the rows of one MySQL. Everything else is left
 * to be gathered. Used once.
 */
final class JoinPlanner {
    private final Select select;
    private final JoinParts parts;
    private final List<JoinSide> order;
    private final Set<String> binds;

    /** A link by its columns' places. */
    private record Linked(int part, int[] earlier, int[] own, Expr column, Expr earlierColumn, boolean oneCollation) {}

    private JoinPlanner(Select select, JoinParts parts, List<JoinSide> order) {
        this.select = select;
        this.parts = parts;
        this.order = order;
        this.binds = BindNames.of(select);
    }

    /** The plan; null where the query is none that can be answered so. */
    static @Nullable Primitive plan(Planning planning, Query query) {
        if (!(query instanceof Select select) || !isPlain(select)) {
            return null;
        }
        try {
            return plan(planning, select);
        } catch (VtException refusal) {
            if (refusal.state() == State.NOT_SUPPORTED_YET) {
                return null;
            }
            throw refusal;
        }
    }

    private static boolean isPlain(Select select) {
        Functions functions = Functions.ofResult(select);
        return select.with() == null
                && select.into().isEmpty()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty()
                && !select.options().distinct()
                && !select.options().calcFoundRows()
                && (select.lock().isEmpty() || GatherPlanner.LOCKS.contains(select.lock()))
                && functions.aggregates().isEmpty()
                && functions.windowed().isEmpty()
                && functions.queries().isEmpty();
    }

    private static @Nullable Primitive plan(Planning planning, Select select) {
        JoinBlock block = JoinBlock.of(select.from(), select.where(), planning.tables());
        JoinParts parts = block == null ? null : JoinParts.of(planning.tables(), select, block);
        JoinSorting sorting = block == null || parts == null ? null : JoinSorting.of(select, block, parts);
        if (block == null || parts == null || sorting == null) {
            return null;
        }
        List<JoinSide> order = new JoinOrder(parts, select).of(sorting.side());
        List<JoinList.Run> runs = new JoinList(block, parts, order.get(0)).of(select);
        return runs.isEmpty() ? null : new JoinPlanner(select, parts, order).plan(runs, sorting);
    }

    private @Nullable Primitive plan(List<JoinList.Run> runs, JoinSorting sorting) {
        boolean inOrder = sorting.side() == order.get(0);
        List<JoinSorting.Placed> sorted = inOrder ? List.of() : sorting.place();
        List<List<Linked>> links = new ArrayList<>();
        List<List<Integer>> nulls = new ArrayList<>();
        List<List<Integer>> guards = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            links.add(links(i));
            nulls.add(order.get(i).nulls().stream().map(order.get(i)::slot).toList());
            guards.add(order.get(i).guards().stream()
                    .map(guard -> guard.side().slot(new Expr.Is(false, guard.condition(), IsTest.TRUE)))
                    .toList());
        }
        List<JoinPart> reads = new ArrayList<>();
        // Where outer joins only add to the rows of the first part, no more of these are needed than of the result.
        boolean limits = sorted.isEmpty()
                && order.stream()
                        .skip(1)
                        .allMatch(side -> side.outer() && side.nulls().isEmpty());
        Select first = select.withOrderBy(inOrder ? sorting.items() : List.of())
                .withLimit(limits ? ScatterSelect.pushedLimit(select.limit()) : null);
        Select later = select.withOrderBy(List.of()).withLimit(null);
        for (int i = 0; i < order.size(); i++) {
            JoinPart part = part(i, links.get(i), guards.get(i), nulls.get(i), i == 0 ? first : later);
            if (part == null) {
                return null;
            }
            reads.add(part);
        }
        List<JoinItem> items = new ArrayList<>();
        for (JoinList.Run run : runs) {
            items.add(new JoinItem(
                    order.indexOf(run.side()),
                    run.side().offset(run.first()),
                    run.side().lastOffset(run.first(), run.last())));
        }
        Primitive plan = sorted(items, sorted, reads);
        return ScatterSelect.limited(select.limit(), plan);
    }

    /** The joined rows, sorted by columns that the client does not see. */
    private Primitive sorted(List<JoinItem> items, List<JoinSorting.Placed> keys, List<JoinPart> reads) {
        int hidden = keys.stream().mapToInt(key -> key.weight() < 0 ? 1 : 2).sum();
        List<OrderKey> orderBy = new ArrayList<>();
        int next = -hidden;
        for (JoinSorting.Placed key : keys) {
            int value = next++;
            items.add(item(key.side(), key.value()));
            if (key.weight() >= 0) {
                items.add(item(key.side(), key.weight()));
                next++;
            }
            orderBy.add(new OrderKey(value, key.weight() < 0 ? OrderKey.NONE : value + 1, key.descending()));
        }
        Primitive join = new Primitive.Join(reads, items);
        return keys.isEmpty() ? join : new Primitive.Sort(orderBy, -hidden, join);
    }

    private JoinItem item(JoinSide side, int slot) {
        return new JoinItem(order.indexOf(side), side.offset(slot), side.offset(slot));
    }

    /** The links of a part with those before it; first the one by which it is asked. */
    private List<Linked> links(int index) {
        JoinSide side = order.get(index);
        List<Linked> linked = new ArrayList<>();
        List<JoinParts.Link> toEarlier = parts.links().stream()
                .filter(link -> link.touches(side) && order.indexOf(link.other(side)) < index)
                .sorted(Comparator.comparingInt(link -> side.isVindexColumn(link.of(side)) ? 0 : 1))
                .toList();
        for (JoinParts.Link link : toEarlier) {
            JoinSide other = link.other(side);
            String collation = side.collation(link.of(side));
            boolean text = !side.seemsNoText(link.of(side)) && !other.seemsNoText(link.of(other));
            linked.add(new Linked(
                    order.indexOf(other),
                    other.linked(link.of(other), text),
                    side.linked(link.of(side), text),
                    link.of(side),
                    link.of(other),
                    !collation.isEmpty() && collation.equals(other.collation(link.of(other)))));
        }
        return linked;
    }

    private @Nullable JoinPart part(
            int index, List<Linked> linked, List<Integer> guards, List<Integer> nulls, Select whole) {
        JoinSide side = order.get(index);
        String keys = linked.isEmpty() ? "" : bind(linked.get(0));
        Expr in = linked.isEmpty() ? null : new Expr.In(false, linked.get(0).column(), new Expr.ListBind(keys));
        Primitive rows =
                parts.read(side.select(whole, in).withOrderBy(whole.orderBy()).withLimit(whole.limit()));
        if (rows == null) {
            return null;
        }
        List<JoinLink> links = linked.stream()
                .map(link -> new JoinLink(
                        link.part(),
                        order.get(link.part()).column(link.earlier()),
                        side.column(link.own()),
                        link.oneCollation()))
                .toList();
        List<JoinGuard> conditions = new ArrayList<>();
        for (int i = 0; i < guards.size(); i++) {
            JoinSide guarded = side.guards().get(i).side();
            conditions.add(new JoinGuard(order.indexOf(guarded), guarded.offset(guards.get(i))));
        }
        List<Integer> empty = nulls.stream().map(side::offset).toList();
        return new JoinPart(rows, side.outer(), links, conditions, empty, keys);
    }

    /** A name as vtgate gives it, {@code table_column}, that no other bind variable has. */
    private String bind(Linked link) {
        Expr.Column column = (Expr.Column) link.earlierColumn();
        JoinSide side = order.get(link.part());
        String table = column.table() == null ? side.name() : column.table();
        String name = (table + "_" + column.name()).replaceAll("[^A-Za-z0-9_]", "_");
        String free = name;
        for (int i = 1; !binds.add(free); i++) {
            free = name + i;
        }
        return free;
    }
}
