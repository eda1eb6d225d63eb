package io.vtsphere.sql.ast;

import java.util.List;

/**
 * {@code BEGIN} or {@code START TRANSACTION}.
 *
 * @param start whether it was written as START TRANSACTION
 * @param characteristics in lower case: {@code read only}, {@code read write}, {@code with consistent snapshot}
 */
public record Begin(boolean start, List<String> characteristics) implements Statement {
    public Begin {
        characteristics = List.copyOf(characteristics);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.begin(this);
    }
}
