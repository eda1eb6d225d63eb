package io.vtsphere.distribution.vtctl;

import io.vitess.proto.Vschema;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads the default expressions of a VSchema's columns, which the topology keeps as text. Stateless. */
final class DefaultExpressions {
    private DefaultExpressions() {}

    /** One fault for each that is no expression. Source of the text: Vitess' {@code vindexes/vschema.go}, {@code buildTables}. */
    static List<VtException> faults(Vschema.Keyspace vschema) {
        List<VtException> faults = new ArrayList<>();
        new TreeMap<>(vschema.getTablesMap()).forEach((name, table) -> {
            for (Vschema.Column column : table.getColumnsList()) {
                if (!column.getDefault().isEmpty() && !isExpression(column.getDefault())) {
                    faults.add(VtException.of(
                            Code.INVALID_ARGUMENT,
                            "could not parse the '" + column.getName() + "' column's default expression '"
                                    + column.getDefault() + "' for table '" + name + "'"));
                }
            }
        });
        return faults;
    }

    private static boolean isExpression(String text) {
        try {
            SqlParser.parseExpr(text, SqlModes.DEFAULT);
            return true;
        } catch (VtException e) {
            return false;
        }
    }
}
