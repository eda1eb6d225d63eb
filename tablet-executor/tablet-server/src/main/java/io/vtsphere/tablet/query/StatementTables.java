package io.vtsphere.tablet.query;

import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.vterrors.VtException;
import java.util.HashSet;
import java.util.Set;

/** The tables that a statement reads, writes or changes. Stateless. */
final class StatementTables {
    private StatementTables() {}

    /** Names without their database; empty for a statement that only MySQL understands. */
    static Set<String> of(String sql) {
        Statement statement;
        try {
            statement = SqlParser.parse(sql);
        } catch (VtException e) {
            // MySQL is asked all the same, so its own answer decides
            return Set.of();
        }
        Set<String> tables = new HashSet<>();
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof TableExpr.Table table) {
                    tables.add(table.name().name());
                } else if (node instanceof Insert insert) {
                    tables.add(insert.table().name());
                } else if (node instanceof Ddl ddl) {
                    ddl.names().forEach(name -> tables.add(name.table().name()));
                }
                return true;
            }
        }.walk(statement);
        return Set.copyOf(tables);
    }
}
