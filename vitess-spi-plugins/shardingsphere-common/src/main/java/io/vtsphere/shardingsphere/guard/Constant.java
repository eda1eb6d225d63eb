package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.UnaryOp;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a sharding column that the host reads as it is meant.
 *
 * @param type as the host compares values: those of different types are different to it
 */
record Constant(String type, String value) {
    private static final String MARKER = "v";

    /** Null for what the host ignores or reads otherwise. */
    static @Nullable Constant of(Expr expr, Host host, List<?> parameters) {
        if (expr instanceof Literal literal) {
            return literal(literal, "");
        }
        if (expr instanceof Expr.Unary unary
                && unary.op() == UnaryOp.MINUS
                && unary.operand() instanceof Literal literal
                && host.negativeLiterals()) {
            return literal(literal, "-");
        }
        if (expr instanceof Expr.Bind bind && bind.name().startsWith(MARKER)) {
            int index = Integer.parseInt(bind.name().substring(MARKER.length())) - 1;
            Object value = index < parameters.size() ? parameters.get(index) : null;
            return value == null ? null : new Constant(value.getClass().getName(), value.toString());
        }
        return null;
    }

    private static @Nullable Constant literal(Literal literal, String sign) {
        return switch (literal.kind()) {
            case INTEGER -> integer(new BigInteger(sign + literal.text()));
            case DECIMAL, FLOAT -> new Constant("decimal", sign + literal.text());
            case STRING -> sign.isEmpty() ? new Constant(String.class.getName(), literal.text()) : null;
            default -> null;
        };
    }

    private static Constant integer(BigInteger value) {
        int bits = value.bitLength();
        Class<?> type = bits < Integer.SIZE ? Integer.class : bits < Long.SIZE ? Long.class : BigInteger.class;
        return new Constant(type.getName(), value.toString());
    }
}
