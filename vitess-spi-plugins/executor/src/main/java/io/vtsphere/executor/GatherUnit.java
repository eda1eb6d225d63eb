package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.FieldColumns;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.GatheredUnit;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;

/** The rows of a query inside a query, with what their columns are: their fields say it all but the collations, which a tablet is asked for. */
final class GatherUnit {
    private GatherUnit() {}

    /**
     * A unit whose plan is one read and steps over its rows: the read can be made beside others.
     *
     * @param route in the unit's plan
     */
    record Early(GatheredUnit unit, Primitive.Route route, ShardRead read) {}

    /** Those of the units that are so, and whose read reaches a shard. */
    static List<Early> early(List<GatheredUnit> units, Router router, Binds binds) {
        List<Early> early = new ArrayList<>();
        for (GatheredUnit unit : units) {
            StreamSteps steps = StreamSteps.of(unit.plan());
            if (steps != null && steps.join() == null) {
                Binds below = steps.below(binds);
                List<ShardQuery> found = router.resolve(steps.route().routing(), below);
                if (!found.isEmpty()) {
                    early.add(new Early(
                            unit,
                            steps.route(),
                            new ShardRead(found, steps.route().query(), below, true)));
                }
            }
        }
        return early;
    }

    /** @throws io.vtsphere.vterrors.VtException VT12001 for a column of a type that the fields do not tell in full */
    static GatheredRows of(
            GatheredUnit unit,
            StatementResult found,
            Router router,
            ShardRun shards,
            Binds binds,
            GatherDefinitions definitions) {
        List<Query.Field> fields = found.fields();
        List<String> collations = new ArrayList<>();
        if (fields.stream().anyMatch(FieldColumns::hasCollation)) {
            collations = collations(unit, fields.size(), router, shards, binds, definitions);
        }
        return new GatheredRows(
                FieldColumns.of(fields, collations), FieldColumns.rows(fields, collations, found.rows()));
    }

    /** Its columns without a row, also where bind variables have no values yet. */
    static GatheredRows empty(
            GatheredUnit unit, Router router, ShardRun shards, Binds binds, GatherDefinitions definitions) {
        Target any = router.resolve(unit.routing(), binds).get(0).target();
        StatementResult none = shards.read(any, binds.bindForFields(unit.columns()), false);
        return of(unit, none.withRows(List.of()), router, shards, binds, definitions);
    }

    private static List<String> collations(
            GatheredUnit unit,
            int columns,
            Router router,
            ShardRun shards,
            Binds binds,
            GatherDefinitions definitions) {
        StringBuilder names = new StringBuilder();
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            names.append(i == 0 ? "c" : ", c").append(i);
            list.append(i == 0 ? "" : ", ").append("collation(max(c").append(i).append("))");
        }
        String sql = "with u (" + names + ") as (" + unit.columns().sql() + ") select " + list + " from u";
        Target any = router.resolve(unit.routing(), binds).get(0).target();
        Query.BoundQuery query =
                binds.bindForFields(new QueryText(sql, unit.columns().binds()));
        return definitions.collations(
                unit.routing().keyspace(),
                query,
                () -> collations(shards.read(any, query, false).rows(), columns));
    }

    private static List<String> collations(List<Query.Row> rows, int columns) {
        if (rows.size() != 1) {
            throw VtError.VT12001.with("collations of a derived table over several shards");
        }
        List<String> collations = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            var value = Cells.get(rows.get(0), i);
            collations.add(value == null ? "binary" : value.toStringUtf8());
        }
        return collations;
    }
}
