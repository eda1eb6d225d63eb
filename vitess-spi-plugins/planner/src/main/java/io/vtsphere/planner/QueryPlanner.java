package io.vtsphere.planner;

import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.topo.TableType;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Set;

/** Plans a statement that gives rows and is not sent by the session's target. */
final class QueryPlanner {
    private final Planning planning;

    QueryPlanner(Planning planning) {
        this.planning = planning;
    }

    /** What the shards can answer is pushed down to them; the rows of the rest are joined here, or gathered. */
    Primitive plan(Query query) {
        Primitive pushed;
        try {
            pushed = pushed(query);
        } catch (VtException refusal) {
            if (refusal.state() != State.NOT_SUPPORTED_YET) {
                throw refusal;
            }
            Primitive gathered = new GatherPlanner(planning).plan(query);
            Primitive joined = JoinPlanner.plan(planning, query);
            if (joined == null) {
                if (gathered == null) {
                    throw refusal;
                }
                return gathered;
            }
            return gathered == null ? joined : new Primitive.Either(joined, gathered);
        }
        Primitive gathered = comparesValues(pushed) ? new GatherPlanner(planning).plan(query) : null;
        return gathered == null ? pushed : new Primitive.Either(pushed, gathered);
    }

    /** Whether rows of several shards are compared, which their types may turn out not to allow. */
    private static boolean comparesValues(Primitive step) {
        if (step instanceof Primitive.Route route) {
            return !route.orderBy().isEmpty() && !route.routing().isSingleShard();
        }
        if (step instanceof Primitive.Aggregate || step instanceof Primitive.Distinct) {
            return true;
        }
        return step instanceof Primitive.Inner inner && inner.inputs().stream().anyMatch(QueryPlanner::comparesValues);
    }

    /**
     * The plan without gathering.
     *
     * @throws VtException VT12001 where the shards cannot answer it
     */
    Primitive pushed(Query query) {
        TableScan scan = planning.scan();
        if (query instanceof Select select
                && select.items().stream().anyMatch(SelectItem.NextValues.class::isInstance)) {
            return sequence(select);
        }
        if (scan.has(TableSource.Kind.SYSTEM)) {
            return new SystemQuery(planning).plan(query);
        }
        if (scan.hasOnly(TableSource.Kind.DUAL)) {
            return new TablelessQuery(planning).plan(query);
        }
        if (scan.hasOnly(TableSource.Kind.UNSHARDED, TableSource.Kind.DUAL)) {
            return unsharded(query);
        }
        if (query instanceof SetOperation operation) {
            return new UnionPlanner(planning).plan(operation);
        }
        return sharded(BlockAnalyzer.asSelect(query));
    }

    private Primitive unsharded(Query query) {
        Set<String> keyspaces = planning.scan().keyspaces();
        if (keyspaces.size() > 1) {
            throw VtError.VT12001.with("query over tables of several keyspaces: "
                    + String.join(", ", planning.tables().used()));
        }
        Routing routing = Routing.of(Opcode.UNSHARDED, keyspaces.iterator().next(), false);
        return planning.route(routing, query, planning.text());
    }

    private Primitive sequence(Select select) {
        List<TableVSchema> tables = planning.scan().found();
        if (tables.size() != 1 || tables.get(0).type() != TableType.SEQUENCE) {
            throw VtError.VT03018.with();
        }
        Routing routing =
                Routing.of(Opcode.NEXT, tables.get(0).keyspace(), tables.get(0).sharded());
        return new Primitive.Route(
                routing,
                planning.text().print(select),
                "select 1 as nextval from dual where 1 != 1",
                List.of(),
                0,
                false,
                List.copyOf(planning.tables().used()),
                List.of());
    }

    private Primitive sharded(Select select) {
        BlockAnalyzer analyzer = new BlockAnalyzer(planning.tables());
        Block block = analyzer.root(select);
        if (block.components().isEmpty()) {
            return planning.route(reference(), select, planning.text());
        }
        Component component = block.components().get(0);
        requireKeyspace(component.keyspace());
        RouteOption option = RouteOption.bestWithLookups(component, block.facts());
        if (option.routing().isSingleShard()) {
            return planning.route(option.routing(), select, planning.text().withLists(option));
        }
        return ScatterSelect.of(planning, block, component, option).plan();
    }

    /** Any shard of the keyspace that all tables are in. */
    Routing reference() {
        String keyspace = planning.scan().keyspaces().iterator().next();
        requireKeyspace(keyspace);
        return Routing.of(Opcode.REFERENCE, keyspace, true);
    }

    void requireKeyspace(String keyspace) {
        if (!planning.scan().keyspaces().equals(Set.of(keyspace))) {
            throw VtError.VT12001.with("query over tables of several keyspaces: "
                    + String.join(", ", planning.tables().used()));
        }
    }
}
