package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.UnaryOp;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Expressions that are known without a row, as values for routing. */
final class RouteValues {
    private static final BigInteger MAX_INT64 = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private RouteValues() {}

    /** The single value that the expression is, or null when it is none that can be known without a row. */
    static @Nullable RouteValue single(Expr expr) {
        if (expr instanceof Expr.Bind bind) {
            return new RouteValue.Bind(bind.name());
        }
        if (expr instanceof Literal literal) {
            SqlValue value = value(literal);
            return value == null ? null : new RouteValue.Literal(value);
        }
        if (expr instanceof Expr.Unary unary
                && unary.op() == UnaryOp.MINUS
                && unary.operand() instanceof Literal literal) {
            return negative(literal);
        }
        return null;
    }

    /** The list of values that the right side of an IN is, or null when any of them cannot be known without a row. */
    static @Nullable RouteValue list(Expr expr) {
        if (expr instanceof Expr.ListBind bind) {
            return new RouteValue.ListBind(bind.name());
        }
        if (!(expr instanceof Expr.Tuple tuple)) {
            return null;
        }
        List<RouteValue> values = new ArrayList<>(tuple.elements().size());
        for (Expr element : tuple.elements()) {
            RouteValue value = single(element);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return new RouteValue.Tuple(values);
    }

    static boolean isNull(Expr expr) {
        return expr instanceof Literal literal && literal.isNull();
    }

    /** The type that the value is known to have, or null. */
    static @Nullable SqlType type(Expr expr) {
        if (expr instanceof Expr.Bind bind) {
            return bind.type();
        }
        RouteValue value = single(expr);
        return value instanceof RouteValue.Literal literal ? literal.value().type() : null;
    }

    private static @Nullable RouteValue negative(Literal literal) {
        SqlType type;
        switch (literal.kind()) {
            case INTEGER:
                BigInteger negated = new BigInteger(literal.text()).negate();
                type = negated.bitLength() < Long.SIZE ? SqlType.INT64 : SqlType.DECIMAL;
                return new RouteValue.Literal(ascii(type, negated.toString()));
            case DECIMAL:
                return new RouteValue.Literal(ascii(SqlType.DECIMAL, "-" + literal.text()));
            case FLOAT:
                return new RouteValue.Literal(ascii(SqlType.FLOAT64, "-" + literal.text()));
            default:
                return null;
        }
    }

    private static @Nullable SqlValue value(Literal literal) {
        String text = literal.text();
        switch (literal.kind()) {
            case INTEGER:
                return ascii(integerType(text), text);
            case DECIMAL:
                return ascii(SqlType.DECIMAL, text);
            case FLOAT:
                return ascii(SqlType.FLOAT64, text);
            case STRING:
                return SqlValue.varchar(text);
            case HEX_NUMBER:
                return ascii(SqlType.HEXNUM, text);
            case HEX_STRING:
                return ascii(SqlType.HEXVAL, "x'" + text + "'");
            case BIT_NUMBER:
                return ascii(SqlType.BITNUM, text);
            case BIT_STRING:
                return ascii(SqlType.BITNUM, "0b" + text);
            case DATE:
                return ascii(SqlType.DATE, text);
            case TIME:
                return ascii(SqlType.TIME, text);
            case TIMESTAMP:
                return ascii(SqlType.DATETIME, text);
            case TRUE:
                return SqlValue.int64(1);
            case FALSE:
                return SqlValue.int64(0);
            case NULL:
                return SqlValue.NULL;
            case NATIONAL_STRING:
                return null;
        }
        throw new IllegalStateException(
                "literal of kind " + literal.kind().name().toLowerCase(Locale.ROOT));
    }

    private static SqlType integerType(String digits) {
        BigInteger value = new BigInteger(digits);
        if (value.compareTo(MAX_INT64) <= 0) {
            return SqlType.INT64;
        }
        return value.compareTo(MAX_UINT64) <= 0 ? SqlType.UINT64 : SqlType.DECIMAL;
    }

    private static SqlValue ascii(SqlType type, String text) {
        return SqlValue.of(type, text.getBytes(StandardCharsets.UTF_8));
    }
}
