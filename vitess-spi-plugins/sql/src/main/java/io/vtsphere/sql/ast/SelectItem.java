package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/** One entry of a select list. */
public sealed interface SelectItem extends Node permits SelectItem.Star, SelectItem.Item, SelectItem.NextValues {
    /** {@code *}, {@code t.*} or {@code ks.t.*}. */
    record Star(@Nullable String keyspace, @Nullable String table) implements SelectItem {
        public static final Star ALL = new Star(null, null);
    }

    /**
     * An expression with or without an alias.
     *
     * @param span the place of the expression alone: MySQL names a column without alias by that text
     */
    record Item(Expr expr, @Nullable String alias, Span span) implements SelectItem {
        public static Item of(Expr expr) {
            return new Item(expr, null, Span.NONE);
        }

        public static Item of(Expr expr, String alias) {
            return new Item(expr, alias, Span.NONE);
        }

        /**
         * The column name that MySQL gives: the alias, the name of a column, the value of a string, or the text as written.
         *
         * @param sql the text that was parsed
         */
        public String label(String sql) {
            if (alias != null) {
                return alias;
            }
            if (expr instanceof Expr.Column column) {
                return column.name();
            }
            if (expr instanceof Literal literal
                    && (literal.kind() == Literal.Kind.STRING || literal.kind() == Literal.Kind.NATIONAL_STRING)) {
                return literal.text();
            }
            return span.slice(sql);
        }
    }

    /** {@code NEXT n VALUES} on a sequence; the count is a literal or a bind variable. */
    record NextValues(Expr count) implements SelectItem {}
}
