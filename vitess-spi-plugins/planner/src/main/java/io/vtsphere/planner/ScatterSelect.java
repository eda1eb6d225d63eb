package io.vtsphere.planner;

import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SelectOptions;
import io.vtsphere.vterrors.VtError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SELECT whose rows come from several shards: what the shards do, and what is left to do with their rows. */
final class ScatterSelect {
    private final Block block;
    private final Component component;
    private final Reads reads;

    /** Makes the read that asks each shard what it is to do. */
    interface Reads {
        Primitive of(Select sent, List<OrderKey> orderBy, int resultColumns, boolean rowWithoutInput);
    }

    ScatterSelect(Block block, Component component, Reads reads) {
        this.block = block;
        this.component = component;
        this.reads = reads;
    }

    /** Of the shards that an option leads to. */
    static ScatterSelect of(Planning planning, Block block, Component component, RouteOption option) {
        return new ScatterSelect(block, component, (sent, orderBy, resultColumns, rowWithoutInput) -> {
            SentText text = planning.text().withLists(option);
            Primitive.Route route = new Primitive.Route(
                    option.routing(),
                    text.print(sent),
                    text.fieldQuery(sent),
                    orderBy,
                    resultColumns,
                    rowWithoutInput,
                    List.copyOf(planning.tables().used()),
                    List.of());
            return LookupRoutes.withLookup(route, planning.tables());
        });
    }

    Primitive plan() {
        Select select = block.select();
        if (component.singleShardReason() != null) {
            throw VtError.VT12001.with(component.singleShardReason() + " over several shards");
        }
        if (!select.into().isEmpty()) {
            throw VtError.VT12001.with("INTO on sharded keyspace");
        }
        Locality locality = new Locality(block, component);
        if (locality.windowReason() != null) {
            throw VtError.VT12001.with("window functions are only supported for single-shard queries");
        }
        if (locality.groupingReason() == null) {
            return rows(select, select.options().distinct() && !locality.isDistinctByShard());
        }
        return new ScatterAggregate(this, block, component).plan();
    }

    private Primitive rows(Select select, boolean distinct) {
        SelectList list = new SelectList(block);
        MergeKeys order = new MergeKeys(block, list);
        order.orderBy(select.orderBy());
        int sorted = list.items().size();
        MergeKeys unique = new MergeKeys(block, list);
        if (distinct) {
            requireDistinctList(list, sorted);
            distinctKeys(select, unique);
        }
        // A shard tells rows apart by their weights too: where those differ for equal values, its first rows are not
        // enough.
        boolean limits = !distinct || select.items().stream().allMatch(item -> hasOneWeight(item, unique));
        Limit limit = limits ? pushedLimit(select.limit()) : null;
        Select sent = select.withItems(list.items()).withLimit(limit);
        int columns = list.resultColumns();
        Primitive plan = route(sent, order.keys(), distinct ? 0 : columns, false);
        if (distinct) {
            plan = new Primitive.Distinct(unique.keys(), columns, plan);
        }
        return limited(select.limit(), plan);
    }

    /** Hidden columns other than weight strings would make equal rows different. */
    private void requireDistinctList(SelectList list, int sorted) {
        if (list.hasStar()) {
            throw VtError.VT12001.with("DISTINCT of * over several shards");
        }
        for (int i = list.visible(); i < sorted; i++) {
            if (!isWeightString(list, i)) {
                throw VtError.VT12001.with(
                        "ORDER BY of an expression that SELECT DISTINCT does not list, over several shards");
            }
        }
    }

    private static boolean hasOneWeight(SelectItem item, MergeKeys keys) {
        return item instanceof SelectItem.Item expression && keys.hasOneWeight(expression.expr());
    }

    private static boolean isWeightString(SelectList list, int index) {
        return list.items().get(index) instanceof SelectItem.Item item
                && item.expr() instanceof Call call
                && call.name().equals("weight_string");
    }

    private static void distinctKeys(Select select, MergeKeys keys) {
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Item expression) {
                keys.add(expression.expr(), false);
            }
        }
    }

    /** The same LIMIT, or with an offset that of the first count + offset rows. */
    static @Nullable Limit pushedLimit(@Nullable Limit limit) {
        if (limit == null || limit.offset() == null) {
            return limit;
        }
        return new Limit(null, new Expr.Bind(Primitive.Limit.UPPER_LIMIT, null));
    }

    static Primitive limited(@Nullable Limit limit, Primitive input) {
        if (limit == null) {
            return input;
        }
        return new Primitive.Limit(
                limitValue(limit.count()), limit.offset() == null ? null : limitValue(limit.offset()), input);
    }

    private static RouteValue limitValue(Expr expr) {
        RouteValue value = RouteValues.single(expr);
        if (value == null) {
            throw VtError.VT12001.with("LIMIT that is neither a number nor a bind variable");
        }
        return value;
    }

    Primitive route(Select sent, List<OrderKey> orderBy, int resultColumns, boolean rowWithoutInput) {
        return reads.of(sent, orderBy, resultColumns, rowWithoutInput);
    }

    static Select withoutDistinct(Select select) {
        return select.withOptions(new SelectOptions(false, select.options().modifiers()));
    }
}
