package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.vterrors.VtError;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One analysed query block.
 *
 * @param scope what its column names mean
 * @param facts what holds for its rows before grouping
 * @param components its sharded tables by where they lie; none when every shard has all rows
 */
record Block(Select select, Scope scope, Facts facts, List<Component> components) {

    /** The column that the expression is, or null. */
    @Nullable
    ColumnId column(Expr expr) {
        return expr instanceof Expr.Column column ? scope.resolve(column) : null;
    }

    /** The columns among the select list; null entries are expressions. Not for lists with a star. */
    @Nullable
    ColumnId output(SelectItem item) {
        return item instanceof SelectItem.Item expression ? column(expression.expr()) : null;
    }

    /**
     * What an entry of GROUP BY stands for: the select item of that number or alias, else itself. A name that is both a column and an alias
     * means the column.
     */
    Expr grouping(Expr expr) {
        Expr item = ordinal(expr);
        if (item != null) {
            return item;
        }
        if (expr instanceof Expr.Column column && column.table() == null && !isKnownColumn(column.name())) {
            Expr aliased = aliased(column.name());
            return aliased == null ? expr : aliased;
        }
        return expr instanceof Expr.Column ? expr : inside(expr);
    }

    /** The expression of the select item whose number this is; null when it is no such number, or when a star before it hides the place. */
    @Nullable
    Expr ordinal(Expr expr) {
        RouteValue value = RouteValues.single(expr);
        if (!(value instanceof RouteValue.Literal literal)
                || !literal.value().type().isIntegral()) {
            return null;
        }
        int index = place(literal.value().text(), select.items().size());
        if (index < 0) {
            return null;
        }
        boolean behindStar = select.items().subList(0, index).stream().anyMatch(SelectItem.Star.class::isInstance);
        return !behindStar && select.items().get(index) instanceof SelectItem.Item item ? item.expr() : null;
    }

    /** The index of the place with that number, counted from 1; -1 when there is no such place. */
    static int place(String number, int places) {
        BigInteger parsed = new BigInteger(number);
        boolean exists = parsed.signum() > 0 && parsed.compareTo(BigInteger.valueOf(places)) <= 0;
        return exists ? parsed.intValue() - 1 : -1;
    }

    /**
     * An expression of ORDER BY or GROUP BY with its names as the select list would understand them. MySQL looks for a name inside of an
     * expression among the tables' columns first, and only then among the aliases.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 for an alias that may also be a column of a table whose columns are not all known
     */
    Expr inside(Expr expr) {
        return new Rewriter() {
            @Override
            public Query query(Query query) {
                return query;
            }

            @Override
            public Expr expr(Expr part) {
                Expr aliased =
                        part instanceof Expr.Column column && column.table() == null ? aliased(column.name()) : null;
                if (aliased == null || aliased.equals(part)) {
                    return super.expr(part);
                }
                String name = ((Expr.Column) part).name();
                if (isKnownColumn(name)) {
                    return part;
                }
                if (!scope.tables().stream().allMatch(Occurrence::listsAllColumns)) {
                    throw VtError.VT12001.with("expression over the alias '" + name
                            + "', which may be a column too, in ORDER BY or GROUP BY over several shards");
                }
                return aliased;
            }
        }.expr(expr);
    }

    /** The expression of the select item with that alias, or null. */
    @Nullable
    Expr aliased(String name) {
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Item expression
                    && expression.alias() != null
                    && expression.alias().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return expression.expr();
            }
        }
        return null;
    }

    private boolean isKnownColumn(String name) {
        return scope.tables().stream().anyMatch(occurrence -> occurrence.knows(name));
    }
}
