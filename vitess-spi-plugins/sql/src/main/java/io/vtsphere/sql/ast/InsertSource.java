package io.vtsphere.sql.ast;

import java.util.List;

/** Where the rows of an INSERT come from. */
public sealed interface InsertSource extends Node permits InsertSource.Rows, InsertSource.FromQuery {
    /** {@code VALUES (…), (…)}, also when written with ROW or SET; a row may be empty ({@code VALUES ()}). */
    record Rows(List<Expr.Tuple> rows) implements InsertSource {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    record FromQuery(Query query) implements InsertSource {}
}
