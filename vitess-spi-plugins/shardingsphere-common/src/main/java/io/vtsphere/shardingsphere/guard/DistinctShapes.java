package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.Lexer;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.Token;
import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import org.jspecify.annotations.Nullable;

/** DISTINCT, which the host takes out of aggregates and does by itself, on one shard too. Confined to one check. */
final class DistinctShapes {
    private final Select select;
    private final Host host;
    private final boolean parameters;
    private final boolean several;

    DistinctShapes(Select select, Host host, boolean parameters, boolean several) {
        this.select = select;
        this.host = host;
        this.parameters = parameters;
        this.several = several;
    }

    /** The construct that the host does wrong; null if there is none. */
    @Nullable
    String wrong(String sql) {
        if (several && select.options().distinct() && host == Host.V5_5) {
            if (parameters) {
                return "DISTINCT with parameters";
            }
            if (hasWord(sql, "distinctrow")) {
                return "DISTINCTROW";
            }
        }
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Item of
                    && of.expr() instanceof Aggregate aggregate
                    && aggregate.distinct()) {
                String name = aggregate.name().toUpperCase(java.util.Locale.ROOT) + "(DISTINCT)";
                if (aggregate.name().equals("avg")) {
                    return name;
                }
                if (of.alias() == null && host == Host.V5_1) {
                    return name + " without an alias";
                }
            }
        }
        return null;
    }

    private static boolean hasWord(String sql, String word) {
        Lexer lexer = new Lexer(sql, SqlModes.DEFAULT);
        for (lexer.next(); lexer.token() != Token.END && lexer.token() != Token.ERROR; lexer.next()) {
            if (lexer.word().equals(word)) {
                return true;
            }
        }
        return false;
    }
}
