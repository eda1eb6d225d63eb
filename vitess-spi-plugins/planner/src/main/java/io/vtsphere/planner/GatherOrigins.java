package io.vtsphere.planner;

import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a query that are columns of gathered rows: of those in its FROM, also behind derived tables and common table
 * expressions which only choose and name columns, since MySQL takes such for what is inside.
 */
final class GatherOrigins {
    private final Set<String> gathered;

    private GatherOrigins(Set<String> gathered) {
        this.gathered = gathered;
    }

    /** A column of a table expression, or each where the name is null. */
    private record Output(
            @Nullable String name, String rows, @Nullable String column, boolean nullable) {}

    /** A table expression by the name that qualifies its columns. */
    private record Source(String exposed, boolean nullable, List<Output> outputs) {}

    /** @param query with the gathered rows under those names */
    static List<GatheredOrigin> of(Query query, Set<String> gathered) {
        List<GatheredOrigin> origins = new ArrayList<>();
        if (query instanceof Select select) {
            for (Source source : new GatherOrigins(gathered).sources(select, Map.of())) {
                for (Output output : source.outputs()) {
                    boolean nullable = output.nullable() || source.nullable() || select.rollup();
                    origins.add(new GatheredOrigin(
                            source.exposed(), output.name(), output.rows(), output.column(), nullable));
                }
            }
        }
        return origins;
    }

    private List<Source> sources(Select select, Map<String, Cte> around) {
        Map<String, Cte> ctes = new HashMap<>(around);
        With with = select.with();
        if (with != null && !with.recursive()) {
            with.tables().forEach(cte -> ctes.put(cte.name(), cte));
        }
        List<Source> sources = new ArrayList<>();
        select.from().forEach(expr -> add(expr, false, ctes, sources));
        return sources;
    }

    private void add(TableExpr expr, boolean nullable, Map<String, Cte> ctes, List<Source> into) {
        if (expr instanceof TableExpr.Table table) {
            into.add(new Source(table.exposedName(), nullable, outputs(table, ctes)));
        } else if (expr instanceof TableExpr.Derived derived) {
            into.add(new Source(derived.alias(), nullable, outputs(derived.query(), derived.columns(), ctes)));
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(table -> add(table, nullable, ctes, into));
        } else if (expr instanceof TableExpr.Join join) {
            boolean left = join.kind() == JoinKind.LEFT || join.kind() == JoinKind.NATURAL_LEFT;
            boolean right = join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.NATURAL_RIGHT;
            add(join.left(), nullable || right, ctes, into);
            add(join.right(), nullable || left, ctes, into);
        }
    }

    private List<Output> outputs(TableExpr.Table table, Map<String, Cte> ctes) {
        String name = table.name().name();
        if (table.name().keyspace() != null) {
            return List.of();
        }
        if (gathered.contains(name)) {
            return List.of(new Output(null, name, null, false));
        }
        Cte cte = ctes.get(name);
        if (cte == null) {
            return List.of();
        }
        Map<String, Cte> others = new HashMap<>(ctes);
        others.remove(name);
        return outputs(cte.query(), cte.columns(), others);
    }

    private List<Output> outputs(Query query, List<String> names, Map<String, Cte> ctes) {
        List<Output> outputs = new ArrayList<>();
        if (!names.isEmpty() || !(query instanceof Select select) || !onlyChooses(select)) {
            return outputs;
        }
        List<Source> sources = sources(select, ctes);
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Star star) {
                sources.stream()
                        .filter(source -> star.table() == null || star.table().equals(source.exposed()))
                        .forEach(source -> source.outputs().forEach(output -> outputs.add(behind(source, output))));
            } else if (item instanceof SelectItem.Item entry && entry.expr() instanceof Expr.Column column) {
                named(sources, column, entry.alias() == null ? column.name() : entry.alias(), outputs);
            }
        }
        return outputs;
    }

    private static void named(List<Source> sources, Expr.Column column, String name, List<Output> into) {
        for (Source source : sources) {
            if (column.table() != null && !column.table().equals(source.exposed())) {
                continue;
            }
            for (Output output : source.outputs()) {
                if (output.name() == null || output.name().equalsIgnoreCase(column.name())) {
                    String there = output.column() == null ? lower(column.name()) : output.column();
                    into.add(new Output(lower(name), output.rows(), there, output.nullable() || source.nullable()));
                }
            }
        }
    }

    private static Output behind(Source source, Output output) {
        return new Output(output.name(), output.rows(), output.column(), output.nullable() || source.nullable());
    }

    /** Whether each row is a row of what is inside, as far as it goes. */
    private static boolean onlyChooses(Select select) {
        Functions functions = Functions.ofResult(select);
        return select.groupBy().isEmpty()
                && select.having() == null
                && select.limit() == null
                && !select.options().distinct()
                && functions.aggregates().isEmpty()
                && functions.windowed().isEmpty();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
