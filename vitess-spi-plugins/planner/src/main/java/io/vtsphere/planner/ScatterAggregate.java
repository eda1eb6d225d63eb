package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GROUP BY and aggregate functions whose groups spread over shards: partial results by the shards, merged by the gate. */
final class ScatterAggregate {
    private final ScatterSelect scatter;
    private final Block block;
    private final Component component;
    private final Select select;
    private final SelectList list;
    private final MergeKeys groups;
    private final List<Merged> merged = new ArrayList<>();

    /** An aggregate and the columns of its partial results. */
    private record Merged(
            Aggregate call, Aggregation.Op op, SelectList.Slot value, SelectList.@Nullable Slot second, String alias) {}

    ScatterAggregate(ScatterSelect scatter, Block block, Component component) {
        this.scatter = scatter;
        this.block = block;
        this.component = component;
        this.select = block.select();
        this.list = new SelectList(block);
        this.groups = new MergeKeys(block, list);
    }

    Primitive plan() {
        refuse();
        for (int i = 0; i < list.visible(); i++) {
            item(i);
        }
        if (select.options().distinct()) {
            requireGroupsInList();
        }
        List<Expr> grouping = select.groupBy().stream().map(block::grouping).toList();
        return grouping.isEmpty() ? scalar() : grouped(grouping);
    }

    private void refuse() {
        if (select.rollup()) {
            throw VtError.VT12001.with("GROUP BY WITH ROLLUP not supported for sharded queries");
        }
        if (select.having() != null) {
            throw VtError.VT12001.with("HAVING on groups that spread over several shards");
        }
        if (list.hasStar()) {
            throw VtError.VT12001.with("* beside groups that spread over several shards");
        }
        Functions functions = Functions.ofResult(select);
        if (!functions.windowed().isEmpty()) {
            throw VtError.VT12001.with("window functions are only supported for single-shard queries");
        }
        if (!functions.queries().isEmpty()) {
            throw VtError.VT12001.with("subquery beside groups that spread over several shards");
        }
    }

    private void item(int index) {
        SelectItem.Item item = (SelectItem.Item) list.items().get(index);
        if (item.expr() instanceof Aggregate call) {
            String alias = item.alias() == null ? SqlPrinter.print(call) : item.alias();
            aggregate(call, index, alias);
            return;
        }
        Functions functions = Functions.of(item.expr());
        if (!functions.aggregates().isEmpty()) {
            throw inScatter(item.expr(), functions);
        }
        if (select.groupBy().isEmpty() && functions.hasColumns()) {
            throw VtError.VT12001.with(
                    "column beside an aggregation over several shards: " + SqlPrinter.print(item.expr()));
        }
    }

    private static VtException inScatter(Expr expr, Functions functions) {
        if (functions.aggregates().contains(expr)) {
            return VtError.VT12001.with("in scatter query: aggregation function '" + SqlPrinter.print(expr) + "'");
        }
        return VtError.VT12001.with("in scatter query: complex aggregate expression '" + SqlPrinter.print(expr) + "'");
    }

    /** Enters an aggregate; {@code index} is its place in the client's list, or -1 for one that only ORDER BY has. */
    private Merged aggregate(Aggregate call, int index, String alias) {
        Aggregation.Op op = op(call);
        SelectList.Slot value = index < 0 ? list.add(call) : new SelectList.Slot(false, index);
        SelectList.Slot second = null;
        if (op == Aggregation.Op.AVG) {
            Expr argument = call.arguments().get(0);
            SelectItem.Item sum = SelectItem.Item.of(Aggregate.of("sum", argument), alias);
            list.replace(index < 0 ? list.items().size() - 1 : index, sum);
            second = list.add(Aggregate.of("count", argument));
        } else if ((op == Aggregation.Op.MIN || op == Aggregation.Op.MAX) && !groups.isKnownNotText(call)) {
            second = list.addWeight(call);
        }
        Merged result = new Merged(call, op, value, second, alias);
        merged.add(result);
        return result;
    }

    private Aggregation.Op op(Aggregate call) {
        String name = call.name();
        boolean one = call.arguments().size() == 1;
        boolean extreme = name.equals("min") || name.equals("max");
        if (call.distinct()
                && !extreme
                && !(one && isSplitByShard(call.arguments().get(0)))) {
            throw VtError.VT12001.with("in scatter query: aggregation function '" + SqlPrinter.print(call) + "'");
        }
        if (call.star()) {
            return Aggregation.Op.COUNT_STAR;
        }
        if (one) {
            switch (name) {
                case "count":
                    return Aggregation.Op.COUNT;
                case "sum":
                    return Aggregation.Op.SUM;
                case "min":
                    return Aggregation.Op.MIN;
                case "max":
                    return Aggregation.Op.MAX;
                case "any_value":
                    return Aggregation.Op.ANY_VALUE;
                case "avg":
                    if (!call.distinct()) {
                        return Aggregation.Op.AVG;
                    }
                    break;
                default:
                    break;
            }
        }
        throw VtError.VT12001.with("in scatter query: aggregation function '" + SqlPrinter.print(call) + "'");
    }

    /** Whether no value of the expression is on two shards, so that distinct values of the shards add up. */
    private boolean isSplitByShard(Expr argument) {
        ColumnId column = block.column(argument);
        return column != null && component.isKeptTogetherBy(List.of(column), block.facts());
    }

    /** Groups are distinct already when every group column is in the list. */
    private void requireGroupsInList() {
        for (Expr group : select.groupBy()) {
            Expr meaning = block.grouping(group);
            boolean listed = select.items().stream()
                    .anyMatch(item ->
                            item instanceof SelectItem.Item expression && list.isSame(expression.expr(), meaning));
            if (!listed) {
                throw VtError.VT12001.with("DISTINCT of groups that spread over several shards");
            }
        }
    }

    private Primitive scalar() {
        if (hasOnlyCountsThatDiffer()) {
            list.add(Aggregate.of("max", Literal.integer(1)));
        }
        Select sent = ScatterSelect.withoutDistinct(select)
                .withItems(list.items())
                .withOrderBy(List.of())
                .withLimit(null);
        Primitive route = scatter.route(sent, List.of(), 0, true);
        Primitive aggregate = new Primitive.Aggregate(aggregations(), List.of(), list.resultColumns(), route);
        return ScatterSelect.limited(select.limit(), aggregate);
    }

    /**
     * Whether there are several COUNTs, not all of whole rows, and no other aggregate. Of all of these MySQL 8.0 (seen in 8.0.15) answers
     * the number of rows when one counts what is never NULL: {@code count(a), count(*)} counts the NULLs of {@code a} too. Any other
     * aggregate beside them makes it look at the rows, which it has to do anyway to count what may be NULL.
     */
    private boolean hasOnlyCountsThatDiffer() {
        return merged.size() > 1
                && merged.stream().allMatch(m -> isCount(m.op()) && !m.call().distinct())
                && merged.stream()
                        .flatMap(m -> m.call().arguments().stream())
                        .anyMatch(argument -> !isConstant(argument));
    }

    private static boolean isCount(Aggregation.Op op) {
        return op == Aggregation.Op.COUNT || op == Aggregation.Op.COUNT_STAR;
    }

    private Primitive grouped(List<Expr> grouping) {
        List<Expr> rest = new ArrayList<>(grouping);
        List<OrderItem> sent = new ArrayList<>();
        boolean byGroups = true;
        for (OrderItem item : select.orderBy()) {
            Expr meaning = groups.meaning(item.expr());
            if (meaning == null) {
                continue;
            }
            if (byGroups && rest.removeIf(group -> list.isSame(group, meaning))) {
                groups.add(meaning, item.descending());
                sent.add(item);
            } else if (grouping.stream().noneMatch(group -> list.isSame(group, meaning))) {
                byGroups = false;
            }
        }
        for (Expr group : rest) {
            groups.add(group, false);
            if (!isConstant(group)) {
                sent.add(new OrderItem(group, false));
            }
        }
        MergeKeys order = byGroups ? null : sorting();
        Select query = ScatterSelect.withoutDistinct(select)
                .withItems(list.items())
                .withOrderBy(sent)
                .withLimit(null);
        int columns = list.resultColumns();
        Primitive route = scatter.route(query, groups.keys(), 0, false);
        Primitive plan = new Primitive.Aggregate(aggregations(), groups.keys(), order == null ? columns : 0, route);
        if (order != null) {
            plan = new Primitive.Sort(order.keys(), columns, plan);
        }
        return ScatterSelect.limited(select.limit(), plan);
    }

    /** A constant sorts nothing, and as a number it would be the place of a column. */
    private static boolean isConstant(Expr expr) {
        return expr instanceof Literal || expr instanceof Expr.Bind;
    }

    /** Keys for ORDER BY after the groups are merged: group columns and aggregates. */
    private MergeKeys sorting() {
        MergeKeys order = new MergeKeys(block, list);
        List<Expr> grouping = select.groupBy().stream().map(block::grouping).toList();
        for (OrderItem item : select.orderBy()) {
            Expr meaning = groups.meaning(item.expr());
            if (meaning == null) {
                continue;
            }
            if (meaning instanceof Aggregate call) {
                Merged aggregate = merged.stream()
                        .filter(candidate -> candidate.call().equals(call))
                        .findFirst()
                        .orElseGet(() -> aggregate(call, -1, SqlPrinter.print(call)));
                boolean extreme = aggregate.op() == Aggregation.Op.MIN || aggregate.op() == Aggregation.Op.MAX;
                order.add(aggregate.value(), extreme ? aggregate.second() : null, item.descending());
            } else if (grouping.stream().anyMatch(group -> list.isSame(group, meaning))) {
                order.add(meaning, item.descending());
            } else {
                throw VtError.VT12001.with(
                        "in scatter query: ORDER BY of '" + SqlPrinter.print(item.expr()) + "' over groups");
            }
        }
        return order;
    }

    private List<Aggregation> aggregations() {
        return merged.stream()
                .map(m -> new Aggregation(
                        m.op(),
                        list.offset(m.value()),
                        m.second() == null ? OrderKey.NONE : list.offset(m.second()),
                        m.alias()))
                .toList();
    }
}
