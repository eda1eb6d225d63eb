package io.vtsphere.sql.ast;

import java.util.List;

/**
 * An aggregate function: {@code COUNT}, {@code SUM}, {@code MIN}, {@code MAX}, {@code AVG}, {@code BIT_AND}, {@code BIT_OR}, {@code
 * BIT_XOR}, {@code STD} and its kin, {@code VARIANCE} and its kin, {@code JSON_ARRAYAGG}, {@code JSON_OBJECTAGG} and {@code ANY_VALUE}.
 *
 * @param name in lower case, as written ({@code std} and {@code stddev} differ)
 * @param star {@code COUNT(*)}; then there are no arguments
 */
public record Aggregate(String name, boolean distinct, boolean star, List<Expr> arguments) implements Expr {
    public Aggregate {
        arguments = List.copyOf(arguments);
    }

    public static Aggregate countStar() {
        return new Aggregate("count", false, true, List.of());
    }

    public static Aggregate of(String name, Expr argument) {
        return new Aggregate(name, false, false, List.of(argument));
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.aggregate(this);
    }
}
