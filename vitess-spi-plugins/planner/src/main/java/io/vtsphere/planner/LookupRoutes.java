package io.vtsphere.planner;

import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vterrors.VtError;

/**
 * Reads that a lookup vindex leads to their shards.
 *
 * <p>Source: Vitess' {@code go/vt/vtgate/planbuilder/route_planning.go} and {@code engine/vindex_lookup.go}.
 */
final class LookupRoutes {
    private LookupRoutes() {}

    /** Whether reads may follow the vindex: its table can be asked as it is, and is complete. */
    static boolean isUsable(ColumnVindex vindex) {
        return vindex.vindex() instanceof LookupVindex lookup && lookup.planable() && !lookup.backfilling();
    }

    /** The column by which rows are looked up: of several, only the first. */
    static String column(ColumnVindex vindex) {
        return vindex.columns().get(0);
    }

    /** Whether one value of the first column gives at most one keyspace id; with several columns, only all of them together do. */
    static boolean isUnique(ColumnVindex vindex) {
        return vindex.unique() && vindex.columns().size() == 1;
    }

    /**
     * The route as it is, or, where a lookup vindex routes it, with the plan that asks the vindex' table.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 when the table itself is found by a lookup; what the table's own plan throws
     */
    static Primitive withLookup(Primitive.Route route, Tables tables) {
        Routing routing = route.routing();
        if (!(routing.vindex() instanceof LookupVindex lookup)) {
            return route;
        }
        Primitive.Route found = new Primitive.Route(
                Routing.byDestination(routing.keyspace(), true, ShardTarget.ALL),
                route.query(),
                route.fieldQuery(),
                route.orderBy(),
                route.resultColumns(),
                route.rowWithoutInput(),
                route.tables(),
                route.schemaNames());
        return new Primitive.VindexLookup(routing, question(lookup, tables.forAnother()), found);
    }

    private static Primitive.Route question(LookupVindex lookup, Tables tables) {
        Select select = (Select) SqlParser.parse(lookup.query().sql(), SqlModes.DEFAULT);
        Primitive plan = new QueryPlanner(new Planning(tables, TableScan.of(select, tables))).plan(select);
        if (plan instanceof Primitive.Route route) {
            return route;
        }
        throw VtError.VT12001.with("lookup table '" + lookup.table() + "' of vindex '" + lookup.name()
                + "' that is not found by a functional vindex");
    }
}
