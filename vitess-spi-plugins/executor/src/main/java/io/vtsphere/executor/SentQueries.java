package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.sql.Lexer;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.Token;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.Target;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a statement sends to tablets, written down for VEXPLAIN. Confined to the session's event loop while the statement runs.
 */
final class SentQueries {
    /** Enough to understand any plan, and a bound for a statement that sends one query for each row. */
    private static final int MAX = 10_000;

    private static final Pattern TYPE = Pattern.compile(" /\\* [A-Z0-9_]+ \\*/");

    /** One query with its values in it; those with the same step are one call. */
    record Sent(int step, Target target, String sql) {}

    private final List<Sent> sent = new ArrayList<>();
    private int step;

    void add(Target target, boolean begins, Query.BoundQuery query) {
        if (sent.size() < MAX) {
            if (begins) {
                sent.add(new Sent(step, target, "begin"));
            }
            sent.add(new Sent(step, target, text(query)));
        }
        step++;
    }

    List<Sent> sent() {
        return sent;
    }

    /** The statement with the values of its bind variables in their places. */
    static String text(Query.BoundQuery query) {
        String sql = query.getSql();
        StringBuilder text = new StringBuilder();
        Lexer lexer = new Lexer(sql, SqlModes.DEFAULT);
        int copied = 0;
        for (Token token = lexer.next(); token != Token.END && token != Token.ERROR; token = lexer.next()) {
            if (token == Token.BIND || token == Token.LIST_BIND) {
                String name = sql.substring(lexer.start(), lexer.end()).replace(":", "");
                Query.@Nullable BindVariable value = query.getBindVariablesMap().get(name);
                if (value != null) {
                    text.append(sql, copied, lexer.start()).append(literal(value));
                    copied = afterType(sql, lexer.end());
                }
            }
        }
        return text.append(sql.substring(copied)).toString();
    }

    /** Behind the comment that names a bind variable's type, if there is one. */
    private static int afterType(String sql, int bindEnd) {
        Matcher type = TYPE.matcher(sql).region(bindEnd, sql.length());
        return type.lookingAt() ? type.end() : bindEnd;
    }

    private static String literal(Query.BindVariable variable) {
        if (variable.getType() != Query.Type.TUPLE) {
            return literal(variable.getTypeValue(), variable.getValue().toByteArray());
        }
        StringBuilder list = new StringBuilder("(");
        for (Query.Value value : variable.getValuesList()) {
            list.append(list.length() == 1 ? "" : ", ");
            list.append(literal(value.getTypeValue(), value.getValue().toByteArray()));
        }
        return list.append(')').toString();
    }

    private static String literal(int typeNumber, byte[] bytes) {
        SqlType type = SqlType.ofNumber(typeNumber);
        if (type == null || type == SqlType.NULL_TYPE) {
            return "null";
        }
        SqlValue value = SqlValue.of(type, bytes);
        if (!type.isBinary()) {
            return SqlLiterals.print(value);
        }
        for (byte b : bytes) {
            if (b < ' ' || b > '~') {
                return "X'" + HexFormat.of().formatHex(bytes) + "'";
            }
        }
        return "_binary" + SqlLiterals.print(value);
    }
}
