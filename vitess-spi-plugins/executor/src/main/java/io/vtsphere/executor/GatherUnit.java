package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.FieldColumns;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.GatheredUnit;
import io.vtsphere.planner.QueryText;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;

/** The rows of a query inside a query, with what their columns are: their fields say it all but the collations, which a tablet is asked for. */
final class GatherUnit {
    private GatherUnit() {}

    /** @throws io.vtsphere.vterrors.VtException VT12001 for a column of a type that the fields do not tell in full */
    static GatheredRows of(GatheredUnit unit, StatementResult found, Router router, ShardRun shards, Binds binds) {
        List<Query.Field> fields = found.fields();
        List<String> collations = new ArrayList<>();
        if (fields.stream().anyMatch(FieldColumns::hasCollation)) {
            collations = collations(unit, fields.size(), router, shards, binds);
        }
        return new GatheredRows(
                FieldColumns.of(fields, collations), FieldColumns.rows(fields, collations, found.rows()));
    }

    /** Its columns without a row, also where bind variables have no values yet. */
    static GatheredRows empty(GatheredUnit unit, Router router, ShardRun shards, Binds binds) {
        Target any = router.resolve(unit.routing(), binds).get(0).target();
        StatementResult none = shards.read(any, binds.bindForFields(unit.columns()), false);
        return of(unit, none.withRows(List.of()), router, shards, binds);
    }

    private static List<String> collations(
            GatheredUnit unit, int columns, Router router, ShardRun shards, Binds binds) {
        StringBuilder names = new StringBuilder();
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            names.append(i == 0 ? "c" : ", c").append(i);
            list.append(i == 0 ? "" : ", ").append("collation(max(c").append(i).append("))");
        }
        String sql = "with u (" + names + ") as (" + unit.columns().sql() + ") select " + list + " from u";
        Target any = router.resolve(unit.routing(), binds).get(0).target();
        List<Query.Row> rows = shards.read(
                        any,
                        binds.bindForFields(new QueryText(sql, unit.columns().binds())),
                        false)
                .rows();
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
