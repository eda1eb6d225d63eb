package io.vtsphere.planner;

import io.vtsphere.planner.UsedColumns.Used;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.With;
import io.vtsphere.topo.ColumnVSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For what a statement uses which columns: {@code VEXPLAIN KEYS}. Nothing is planned, and nothing runs.
 *
 * <p>Tables are those of the VSchema, whatever the statement calls them; columns of derived tables and of MySQL's own schemas are left out, and
 * so is everything of a statement that is all about one unsharded keyspace. Source: Vitess' {@code
 * go/vt/vtgate/planbuilder/operators/keys.go}.
 */
final class ColumnUsage extends CteNames {
    private final Tables tables;
    private final UsedColumns found = new UsedColumns();
    private final Set<ColumnId> hidden = new HashSet<>();
    /** The tables of a statement that changes rows. */
    private final Scope changed = Scope.within(null);

    private Scope scope = changed;
    private int selecting;

    private ColumnUsage(Tables tables) {
        this.tables = tables;
    }

    /** @throws io.vtsphere.vterrors.VtException when a table is unknown */
    static String of(Statement statement, Tables tables) {
        ColumnUsage usage = new ColumnUsage(tables);
        TableScan scan = TableScan.of(statement, tables);
        boolean unsharded = scan.hasOnly(TableSource.Kind.UNSHARDED, TableSource.Kind.DUAL);
        if (!unsharded || scan.keyspaces().size() > 1) {
            usage.statement(statement);
        }
        return usage.found.json(StatementKinds.of(statement));
    }

    @Override
    public Statement statement(Statement statement) {
        if (statement instanceof Update update) {
            declare(update.tables(), names(update.with()));
            predicate(update.where(), Function.identity());
        } else if (statement instanceof Delete delete) {
            declare(delete.tables(), names(delete.with()));
            predicate(delete.where(), Function.identity());
        }
        return super.statement(statement);
    }

    private static Set<String> names(@Nullable With with) {
        return with == null ? Set.of() : with.tables().stream().map(Cte::name).collect(Collectors.toSet());
    }

    private void declare(List<TableExpr> from, Set<String> ctes) {
        from.forEach(expr -> declare(expr, scope, ctes));
    }

    @Override
    Query body(Query query) {
        if (!(query instanceof Select select)) {
            return super.body(query);
        }
        Scope around = scope;
        boolean outermost = around == changed && changed.tables().isEmpty();
        scope = isApart() ? Scope.isolated(around) : Scope.within(outermost ? null : around);
        declare(select.from(), Set.of());
        Block block = new Block(select, scope, new Facts(), List.of());
        predicate(select.where(), Function.identity());
        predicate(select.having(), expr -> aliased(expr, block));
        for (Expr group : select.groupBy()) {
            Used column = used(block.grouping(group));
            if (column != null) {
                found.group(column);
            }
        }
        Query result = super.body(select);
        scope = around;
        return result;
    }

    /** HAVING sees what the select list calls so before the columns of tables. */
    private static Expr aliased(Expr expr, Block block) {
        Expr meant = expr instanceof Expr.Column column && column.table() == null ? block.aliased(column.name()) : null;
        return meant == null ? expr : meant;
    }

    private List<Occurrence> declare(TableExpr expr, Scope into, Set<String> ctes) {
        List<Occurrence> declared = new ArrayList<>();
        if (expr instanceof TableExpr.Table table) {
            declared.add(occurrence(table, ctes));
        } else if (expr instanceof TableExpr.Derived derived) {
            declared.add(Occurrence.derived(derived.alias(), Map.of(), false));
        } else if (expr instanceof TableExpr.JsonTable json) {
            declared.add(Occurrence.derived(json.alias(), Map.of(), false));
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(table -> declared.addAll(declare(table, into, ctes)));
            return declared;
        } else if (expr instanceof TableExpr.Join join) {
            List<Occurrence> left = declare(join.left(), into, ctes);
            List<Occurrence> right = declare(join.right(), into, ctes);
            join.using().forEach(column -> using(column, left, right));
            declared.addAll(left);
            declared.addAll(right);
            return declared;
        }
        declared.forEach(into::add);
        return declared;
    }

    private Occurrence occurrence(TableExpr.Table expr, Set<String> ctes) {
        boolean cte = isCte(expr.name())
                || (expr.name().keyspace() == null && ctes.contains(expr.name().name()));
        TableSource source = cte ? TableSource.DUAL : tables.source(expr.name());
        return source.table() == null
                ? Occurrence.opaque(expr.exposedName(), false)
                : Occurrence.of(source.table(), expr.exposedName(), false, VindexHint.NONE);
    }

    private void using(String column, List<Occurrence> left, List<Occurrence> right) {
        Occurrence one = owner(column, left);
        Occurrence other = owner(column, right);
        if (one != null && other != null) {
            hidden.add(new ColumnId(other, column.toLowerCase(Locale.ROOT)));
            join(used(one, column), ComparisonOp.EQ.text(), used(other, column), ComparisonOp.EQ.text());
        }
    }

    private static @Nullable Occurrence owner(String column, List<Occurrence> side) {
        for (Occurrence occurrence : side) {
            if (occurrence.knows(column) || (side.size() == 1 && occurrence.table() != null)) {
                return occurrence;
            }
        }
        return null;
    }

    private void predicate(@Nullable Expr condition, Function<Expr, Expr> meaning) {
        for (Expr conjunct : Conjuncts.of(condition)) {
            if (conjunct instanceof Expr.Comparison comparison) {
                ComparisonOp op = comparison.op();
                Expr left = meaning.apply(comparison.left());
                Expr right = meaning.apply(comparison.right());
                compared(left, UsedColumns.operator(op), right, UsedColumns.operator(UsedColumns.turned(op)));
            } else if (conjunct instanceof Expr.In in) {
                compared(meaning.apply(in.left()), in.negated() ? "not in" : "in", in.right(), null);
            } else if (conjunct instanceof Expr.Like like) {
                String operator = (like.negated() ? "not " : "") + like.op().text();
                compared(meaning.apply(like.left()), operator, meaning.apply(like.pattern()), null);
            } else if (conjunct instanceof Expr.Between between) {
                filter(used(meaning.apply(between.operand())), "ge");
                filter(used(meaning.apply(between.operand())), "le");
            }
        }
    }

    /** @param turned the operator with its sides exchanged; null where it has none */
    private void compared(Expr left, String operator, Expr right, @Nullable String turned) {
        boolean columns = left instanceof Expr.Column && right instanceof Expr.Column;
        if (columns && occurrence(left) != occurrence(right)) {
            join(used(left), operator, used(right), turned);
            return;
        }
        filter(used(left), operator);
        if (turned != null) {
            filter(used(right), turned);
        }
    }

    private void filter(@Nullable Used column, String operator) {
        if (column != null) {
            found.filter(column, operator);
        }
    }

    private void join(@Nullable Used left, String operator, @Nullable Used right, @Nullable String turned) {
        if (left != null && right != null) {
            found.join(left, operator, right, turned);
        }
    }

    private @Nullable Occurrence occurrence(Expr expr) {
        ColumnId id = expr instanceof Expr.Column column ? scope.resolve(column) : null;
        return id == null ? null : id.occurrence();
    }

    /** The column of a table that the expression is, or null. */
    private @Nullable Used used(Expr expr) {
        Occurrence occurrence = occurrence(expr);
        return occurrence == null || !(expr instanceof Expr.Column column) ? null : used(occurrence, column.name());
    }

    private static @Nullable Used used(Occurrence occurrence, String column) {
        var table = occurrence.table();
        return table == null ? null : new Used(table.name(), column);
    }

    @Override
    public TableExpr table(TableExpr expr) {
        if (expr instanceof TableExpr.Join join) {
            predicate(join.on(), Function.identity());
        }
        return super.table(expr);
    }

    @Override
    public SelectItem item(SelectItem item) {
        if (item instanceof SelectItem.Star star) {
            for (Occurrence occurrence : scope.tables()) {
                if (star.table() == null || star.table().equals(occurrence.exposedName())) {
                    everyColumn(occurrence, star.table() == null);
                }
            }
        }
        selecting++;
        SelectItem result = super.item(item);
        selecting--;
        return result;
    }

    private void everyColumn(Occurrence occurrence, boolean coalesce) {
        var table = occurrence.table();
        if (table == null || !table.columnListAuthoritative()) {
            return;
        }
        for (ColumnVSchema column : table.columns()) {
            boolean shown = !coalesce || !hidden.contains(occurrence.column(column.name()));
            if (shown && !column.invisible()) {
                found.select(new Used(table.name(), column.name()));
            }
        }
    }

    @Override
    public Expr expr(Expr expr) {
        Used column = selecting > 0 ? used(expr) : null;
        if (column != null) {
            found.select(column);
        }
        return super.expr(expr);
    }
}
