package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.SetOperator;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** UNION, INTERSECT and EXCEPT over sharded tables: whole on one shard, or a UNION whose branches every shard computes for its own rows. */
final class UnionPlanner {
    private final Planning planning;
    private final List<Block> blocks = new ArrayList<>();
    private boolean unionsOnly = true;
    private boolean allOnly = true;

    UnionPlanner(Planning planning) {
        this.planning = planning;
    }

    Primitive plan(SetOperation operation) {
        BlockAnalyzer analyzer = new BlockAnalyzer(planning.tables());
        if (operation.with() != null) {
            throw VtError.VT12001.with("common table expression before a union over sharded tables");
        }
        branches(operation, analyzer);
        Facts facts = new Facts();
        List<Component> components = new ArrayList<>();
        for (Block block : blocks) {
            facts.addAll(block.facts());
            components.addAll(block.components());
        }
        QueryPlanner queries = new QueryPlanner(planning);
        List<Component> combined = Component.combine(components, facts);
        if (combined.isEmpty()) {
            return planning.route(queries.reference(), operation, planning.text());
        }
        queries.requireKeyspace(combined.get(0).keyspace());
        if (combined.size() == 1 && combined.get(0).isFixed(facts) && isPossible()) {
            RouteOption option = RouteOption.best(combined.get(0), facts);
            if (option.routing().isSingleShard()) {
                return planning.route(option.routing(), operation, planning.text());
            }
        }
        Primitive apart = allOnly && unionsOnly && isPossible() ? branchByBranch(operation) : null;
        return apart == null ? scatter(operation) : new Primitive.Either(apart, scatter(operation));
    }

    /** One plan for each branch, where each reaches few shards; else null. */
    private @Nullable Primitive branchByBranch(SetOperation operation) {
        boolean plain = operation.orderBy().isEmpty()
                && operation.limit() == null
                && operation.lock().isEmpty()
                && operation.into().isEmpty();
        if (!plain) {
            return null;
        }
        List<Primitive> plans = new ArrayList<>();
        for (Block block : blocks) {
            Select select = block.select();
            if (block.components().size() != 1
                    || select.limit() != null
                    || !select.orderBy().isEmpty()) {
                return null;
            }
            RouteOption option = RouteOption.bestWithLookups(block.components().get(0), block.facts());
            boolean looksUp = option.routing().vindex() instanceof LookupVindex;
            if (!option.routing().isSingleShard() && !looksUp) {
                return null;
            }
            Primitive plan = new QueryPlanner(planning).pushed(select);
            if (!(plan instanceof Primitive.Route) && !(plan instanceof Primitive.VindexLookup)) {
                return null;
            }
            plans.add(plan);
        }
        return new Primitive.Concatenate(plans);
    }

    private boolean isPossible() {
        return blocks.stream().noneMatch(block -> block.facts().isImpossible());
    }

    private void branches(Query query, BlockAnalyzer analyzer) {
        if (query instanceof SetOperation operation) {
            unionsOnly &= operation.operator() == SetOperator.UNION;
            allOnly &= operation.all();
            branches(operation.left(), analyzer);
            branches(operation.right(), analyzer);
        } else {
            blocks.add(analyzer.root(BlockAnalyzer.asSelect(query)));
        }
    }

    /** Every shard unites its own rows. */
    private Primitive scatter(SetOperation operation) {
        requireSplit(operation);
        String keyspace = blocks.get(0).components().get(0).keyspace();
        List<OrderKey> order = order(operation);
        Limit limit = operation.limit();
        Query sent = limit == null || limit.offset() == null
                ? operation
                : operation.withLimit(new Limit(null, new Expr.Bind(Primitive.Limit.UPPER_LIMIT, null)));
        SentText text = planning.text();
        Primitive plan = new Primitive.Route(
                Routing.of(Opcode.SCATTER, keyspace, true),
                text.print(sent),
                text.fieldQuery(sent),
                order,
                0,
                false,
                List.copyOf(planning.tables().used()),
                List.of());
        if (!operation.all()) {
            plan = new Primitive.Distinct(allColumns(), 0, plan);
        }
        return ScatterSelect.limited(limit, plan);
    }

    private void requireSplit(SetOperation operation) {
        if (!unionsOnly) {
            throw VtError.VT12001.with(operation.operator().text() + " over several shards");
        }
        if (operation.all() && !allOnly) {
            throw VtError.VT12001.with("UNION ALL of a UNION over several shards");
        }
        if (!operation.lock().isEmpty() || !operation.into().isEmpty()) {
            throw VtError.VT12001.with("locking or INTO of a union over several shards");
        }
        for (Block block : blocks) {
            if (block.components().isEmpty()) {
                throw VtError.VT12001.with("union of a sharded table with rows that every shard holds");
            }
            Component component = block.components().get(0);
            String reason = component.singleShardReason() != null
                    ? component.singleShardReason()
                    : new Locality(block, component).reason();
            if (reason != null) {
                throw VtError.VT12001.with(reason + " inside a union over several shards");
            }
        }
    }

    private List<OrderKey> allColumns() {
        List<OrderKey> keys = new ArrayList<>();
        for (int i = 0; i < columns().size(); i++) {
            keys.add(new OrderKey(i, OrderKey.NONE, false));
        }
        return keys;
    }

    private List<SelectItem> columns() {
        List<SelectItem> items = blocks.get(0).select().items();
        if (items.stream().anyMatch(SelectItem.Star.class::isInstance)) {
            throw VtError.VT12001.with("UNION DISTINCT of * over several shards");
        }
        return items;
    }

    private List<OrderKey> order(SetOperation operation) {
        List<OrderKey> keys = new ArrayList<>();
        for (OrderItem item : operation.orderBy()) {
            Integer column = column(item.expr());
            if (column == null) {
                throw VtError.VT12001.with("ORDER BY of a union over several shards by other than its columns");
            }
            keys.add(new OrderKey(column, OrderKey.NONE, item.descending()));
        }
        return keys;
    }

    private @Nullable Integer column(Expr expr) {
        Select first = blocks.get(0).select();
        RouteValue number = RouteValues.single(expr);
        if (number instanceof RouteValue.Literal literal
                && literal.value().type().isIntegral()) {
            boolean star = first.items().stream().anyMatch(SelectItem.Star.class::isInstance);
            int place = Block.place(literal.value().text(), first.items().size());
            return star || place < 0 ? null : Integer.valueOf(place);
        }
        if (!(expr instanceof Expr.Column column) || column.table() != null) {
            return null;
        }
        for (int i = 0; i < first.items().size(); i++) {
            if (!(first.items().get(i) instanceof SelectItem.Item item)) {
                return null;
            }
            String name =
                    item.alias() != null ? item.alias() : item.expr() instanceof Expr.Column named ? named.name() : "";
            if (name.toLowerCase(Locale.ROOT).equals(column.name().toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return null;
    }
}
