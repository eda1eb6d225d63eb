package io.vtsphere.executor;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of prepared statements that stand in a LIMIT. Drivers that know no integers send them as DOUBLE or as text (those of Node
 * and PHP do), which MySQL takes there; in a statement's text it takes nothing but digits.
 */
final class LimitParameters {
    private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** More digits than any number of rows has. */
    private static final int MAX_LENGTH = 40;

    private LimitParameters() {}

    /** The names of the bind variables that stand in a LIMIT of the statement. */
    static Set<String> of(Statement statement) {
        Set<String> names = new HashSet<>();
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Limit limit) {
                    add(limit.count());
                    add(limit.offset());
                }
                return true;
            }

            private void add(@Nullable Expr expr) {
                if (expr instanceof Expr.Bind bind) {
                    names.add(bind.name());
                }
            }
        }.walk(statement);
        return Set.copyOf(names);
    }

    /**
     * The value as an integer.
     *
     * @throws VtException 1210 when it is none
     */
    static SqlValue number(SqlValue value) {
        if (value.type().isIntegral()) {
            return value;
        }
        BigInteger number = integer(value);
        if (number == null || number.signum() < 0 || number.compareTo(MAX_UINT64) > 0) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, State.WRONG_ARGUMENTS, "Incorrect arguments to LIMIT: " + value);
        }
        return number.bitLength() < Long.SIZE
                ? SqlValue.int64(number.longValue())
                : SqlValue.uint64(number.longValue());
    }

    private static @Nullable BigInteger integer(SqlValue value) {
        if (value.isNull() || value.text().length() > MAX_LENGTH) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.text().strip());
            boolean small = Math.abs(number.scale()) <= MAX_LENGTH;
            return small ? number.toBigIntegerExact() : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }
}
