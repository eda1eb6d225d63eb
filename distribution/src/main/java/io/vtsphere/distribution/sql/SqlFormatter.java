package io.vtsphere.distribution.sql;

import io.vtsphere.sql.BoundValue;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlNormalizer;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.StatementKind;
import java.util.List;

/**
 * One statement's canonical text. Immutable and thread-safe.
 *
 * @param modes how the text is read, and how the canonical one is written
 * @param normalise whether literals become bind variables
 */
record SqlFormatter(SqlModes modes, boolean normalise) {
    /**
     * A statement read.
     *
     * @param sql its canonical text
     * @param bindVariables with their values, in order; empty unless literals were bound
     */
    record Formatted(String sql, StatementKind kind, List<BoundValue> bindVariables) {}

    /**
     * The one statement of that text.
     *
     * @throws io.vtsphere.vterrors.VtException with vtgate's text if it is not one
     */
    Formatted format(String sql) {
        StatementKind kind = StatementKind.of(sql);
        if (!normalise) {
            return new Formatted(SqlPrinter.print(SqlParser.parse(sql, modes), modes), kind, List.of());
        }
        SqlNormalizer.Normalized normalised = SqlNormalizer.normalize(sql, modes);
        return new Formatted(SqlPrinter.print(normalised.statement(), modes), kind, normalised.values());
    }
}
