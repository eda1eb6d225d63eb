package io.vtsphere.executor;

import io.vtsphere.executor.rows.Numbers;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.UnaryOp;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Literals of the language as values, and back. */
final class SqlLiterals {
    private static final BigInteger MAX_INT64 = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private SqlLiterals() {}

    /** The value of a literal, or of one with a sign; null for any other expression. */
    static @Nullable SqlValue read(Expr expr) {
        if (expr instanceof Expr.Unary unary && unary.op() == UnaryOp.MINUS) {
            SqlValue value = read(unary.operand());
            return value == null || !value.type().isNumber() || value.text().startsWith("-")
                    ? null
                    : negative(value.text(), value.type());
        }
        if (!(expr instanceof Literal literal)) {
            return null;
        }
        return switch (literal.kind()) {
            case INTEGER -> integer(new BigInteger(literal.text()));
            case DECIMAL -> of(SqlType.DECIMAL, literal.text());
            case FLOAT -> floating(Double.parseDouble(literal.text()));
            case STRING, NATIONAL_STRING -> SqlValue.varchar(literal.text());
            case HEX_STRING, HEX_NUMBER -> hex(literal.text());
            case TRUE -> SqlValue.int64(1);
            case FALSE -> SqlValue.int64(0);
            case NULL -> SqlValue.NULL;
            case DATE, TIME, TIMESTAMP, BIT_STRING, BIT_NUMBER -> null;
        };
    }

    /** As MySQL shows it; one that is too great is left to MySQL to refuse. */
    private static @Nullable SqlValue floating(double value) {
        return Double.isInfinite(value)
                ? null
                : SqlValue.of(SqlType.FLOAT64, Numbers.text(value).toByteArray());
    }

    private static SqlValue negative(String digits, SqlType type) {
        return type.isIntegral() ? integer(new BigInteger("-" + digits)) : of(type, "-" + digits);
    }

    private static SqlValue integer(BigInteger value) {
        if (value.compareTo(MAX_INT64) <= 0
                && value.compareTo(MAX_INT64.negate().subtract(BigInteger.ONE)) >= 0) {
            return SqlValue.int64(value.longValueExact());
        }
        boolean unsigned = value.signum() > 0 && value.compareTo(MAX_UINT64) <= 0;
        return of(unsigned ? SqlType.UINT64 : SqlType.DECIMAL, value.toString());
    }

    private static @Nullable SqlValue hex(String text) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return SqlValue.varbinary(HexFormat.of().parseHex(even));
    }

    private static SqlValue of(SqlType type, String text) {
        return SqlValue.of(type, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The SQL text of a value: numbers as they are, everything else in quotes. */
    static String print(SqlValue value) {
        if (value.isNull()) {
            return "null";
        }
        if (value.type().isNumber()) {
            return value.text();
        }
        StringBuilder quoted = new StringBuilder("'");
        for (char c : value.text().toCharArray()) {
            switch (c) {
                case '\'', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case 0 -> quoted.append("\\0");
                default -> quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }
}
