package io.vtsphere.sql.ast;

import java.util.List;

/** {@code WITH [RECURSIVE] …}. */
public record With(boolean recursive, List<Cte> tables) implements Node {
    public With {
        tables = List.copyOf(tables);
    }
}
