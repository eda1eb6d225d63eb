package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function whose arguments are held together by words instead of commas alone: {@code TRIM(BOTH 'x' FROM y)}, {@code EXTRACT(YEAR
 * FROM d)}, {@code TIMESTAMPADD(DAY, 1, d)}, {@code POSITION(a IN b)}, {@code CHAR(1, 2 USING latin1)}, {@code WEIGHT_STRING(a AS
 * CHAR(3))}, {@code GET_FORMAT(DATE, 'ISO')}, {@code JSON_VALUE(a, '$' RETURNING SIGNED NULL ON EMPTY)}.
 *
 * @param name in lower case
 * @param parts in order; printed one after the other between the parentheses
 */
public record PhraseCall(String name, List<Part> parts) implements Expr {
    public PhraseCall {
        parts = List.copyOf(parts);
    }

    /** Words (with the commas and blanks around them), then maybe an expression. */
    public record Part(String words, @Nullable Expr expr) {}

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.phraseCall(this);
    }
}
