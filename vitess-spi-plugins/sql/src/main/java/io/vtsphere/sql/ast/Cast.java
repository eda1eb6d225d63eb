package io.vtsphere.sql.ast;

/**
 * {@code CAST(operand AS type)} or, meaning the same, {@code CONVERT(operand, type)}.
 *
 * @param type in canonical lower case, e.g. {@code decimal(10, 2)}, {@code char(3) character set latin1}, {@code unsigned array}
 * @param convert whether it was written as CONVERT
 */
public record Cast(Expr operand, String type, boolean convert) implements Expr {
    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.cast(this);
    }
}
