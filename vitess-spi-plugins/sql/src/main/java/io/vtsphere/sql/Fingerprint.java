package io.vtsphere.sql;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its literals taken out: the key by which plans are looked up, and where each literal stands.
 *
 * <p>Two texts with the same key have the same tree but for the values of their literals. In the key a literal is a control character
 * and a letter for its type; the list of an IN that holds nothing but literals is one place, whatever its length; comments and blanks
 * are folded, except in select lists (which name columns) and directly after verbs (where directives stand). Equal literals of a query
 * share a place, as vtgate shares them. Immutable and thread-safe.
 */
public final class Fingerprint {
    private final String sql;
    private final SqlModes modes;
    private final @Nullable String key;
    private final int size;
    /** Per literal: start, end, the number of the first literal equal to it, kind. */
    private final int[] places;

    Fingerprint(String sql, SqlModes modes, @Nullable String key, int size, int[] places) {
        this.sql = sql;
        this.modes = modes;
        this.key = key;
        this.size = size;
        this.places = places;
    }

    /** The key; null for a text that cannot be cut into tokens. */
    public @Nullable String key() {
        return key;
    }

    /** How many literals there are; a list counts as one. */
    public int size() {
        return size;
    }

    String sql() {
        return sql;
    }

    int start(int literal) {
        return places[4 * literal];
    }

    int end(int literal) {
        return places[4 * literal + 1];
    }

    /** The number of the first literal that this one is equal to: its own if there is none before it. */
    int first(int literal) {
        return places[4 * literal + 2];
    }

    LiteralKind kind(int literal) {
        return LiteralKind.of(places[4 * literal + 3]);
    }

    /** The literal as written. */
    public String raw(int literal) {
        return sql.substring(start(literal), end(literal));
    }

    /** The literal that stands or starts at that offset, or -1. */
    int at(int offset) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (end(middle) <= offset) {
                low = middle + 1;
            } else if (start(middle) > offset) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /** The value of a literal that is not a list. */
    SqlValue value(int literal, boolean negated) {
        LiteralKind kind = kind(literal);
        int start = start(literal);
        int end = end(literal);
        if (kind == LiteralKind.STRING) {
            return SqlValue.of(SqlType.VARCHAR, SqlText.encode(string(start, end)));
        }
        return kind.value(sql.substring(start, end), negated);
    }

    private String string(int start, int end) {
        boolean plain = true;
        char quote = sql.charAt(start);
        for (int i = start + 1; plain && i < end - 1; i++) {
            char c = sql.charAt(i);
            plain = c != quote && c != '\\';
        }
        if (plain) {
            return sql.substring(start + 1, end - 1);
        }
        Lexer lexer = new Lexer(sql, start, end, modes);
        StringBuilder value = new StringBuilder(end - start);
        while (lexer.next() == Token.STRING) {
            value.append(lexer.value());
        }
        return value.toString();
    }

    /** The values of a list. */
    List<SqlValue> list(int literal) {
        List<SqlValue> values = new ArrayList<>();
        Lexer lexer = new Lexer(sql, start(literal), end(literal), modes);
        boolean negated = false;
        String string = null;
        for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
            switch (token) {
                case LEFT_PAREN -> {}
                case COMMA, RIGHT_PAREN -> {
                    if (string != null) {
                        values.add(SqlValue.of(SqlType.VARCHAR, SqlText.encode(string)));
                        string = null;
                    }
                    negated = false;
                }
                case MINUS -> negated = true;
                case STRING -> string = string == null ? lexer.value() : string + lexer.value();
                default ->
                    values.add(LiteralKind.of(token, sql, lexer.start(), lexer.end())
                            .value(lexer.raw(), negated));
            }
        }
        return values;
    }
}
