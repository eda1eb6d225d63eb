package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sqltypes.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A query without tables: the gate answers plain values by itself, any shard answers the rest. */
final class TablelessQuery {
    private static final Pattern PARAMETER = Pattern.compile("v[1-9][0-9]*");

    private final Planning planning;

    TablelessQuery(Planning planning) {
        this.planning = planning;
    }

    Primitive plan(Query query) {
        List<SessionOutput> outputs = query instanceof Select select ? outputs(select) : null;
        if (outputs != null) {
            return new Primitive.SessionRow(outputs);
        }
        return planning.route(planning.anyShard(Opcode.REFERENCE), query, planning.text());
    }

    private static @Nullable List<SessionOutput> outputs(Select select) {
        if (!isBare(select)) {
            return null;
        }
        List<SessionOutput> outputs = new ArrayList<>();
        for (SelectItem item : select.items()) {
            if (!(item instanceof SelectItem.Item expression) || !isPlain(expression.expr())) {
                return null;
            }
            RouteValue value = RouteValues.single(expression.expr());
            String label = label(expression);
            if (value == null || label == null) {
                return null;
            }
            SqlType type = value instanceof RouteValue.Literal literal
                    ? literal.value().type()
                    : null;
            outputs.add(new SessionOutput(label, value, type));
        }
        return outputs;
    }

    private static boolean isBare(Select select) {
        boolean noTable = select.from().isEmpty()
                || (select.from().size() == 1 && select.from().get(0) instanceof TableExpr.Table);
        return noTable
                && select.with() == null
                && select.where() == null
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.orderBy().isEmpty()
                && select.limit() == null
                && select.into().isEmpty()
                && select.options().modifiers().isEmpty();
    }

    private static boolean isPlain(Expr expr) {
        if (expr instanceof Literal literal) {
            boolean number = literal.kind() == Literal.Kind.INTEGER
                    && (literal.text().length() == 1 || !literal.text().startsWith("0"));
            return number || literal.kind() == Literal.Kind.STRING || literal.isNull();
        }
        return expr instanceof Expr.Bind bind && (bind.name().startsWith("__") || isParameter(bind));
    }

    /** Whether it stands for a {@code ?} of a prepared statement. */
    private static boolean isParameter(Expr.Bind bind) {
        return PARAMETER.matcher(bind.name()).matches();
    }

    private static @Nullable String label(SelectItem.Item item) {
        if (item.alias() != null) {
            return item.alias();
        }
        if (item.expr() instanceof Expr.Bind bind && isParameter(bind)) {
            return "?";
        }
        return item.expr() instanceof Literal literal ? literal.isNull() ? "NULL" : literal.text() : null;
    }
}
