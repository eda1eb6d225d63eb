package io.vtsphere.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What a tablet does with bind variables: a text with {@code :name} and {@code ::name} bind variables, cut once at them, to be filled many times.
 *
 * <p>Bind variables are found where the grammar has them: not in strings, quoted names or comments. Immutable and thread-safe.
 */
final class QueryTemplate {
    /**
     * A bind variable of the text.
     *
     * @param name without colons
     * @param list whether it was written with two
     */
    record Variable(String name, boolean list) {}

    private final List<String> pieces;
    private final List<Variable> variables;

    private QueryTemplate(List<String> pieces, List<Variable> variables) {
        this.pieces = List.copyOf(pieces);
        this.variables = List.copyOf(variables);
    }

    static QueryTemplate of(String sql) {
        List<String> pieces = new ArrayList<>();
        List<Variable> variables = new ArrayList<>();
        Lexer lexer = new Lexer(sql, SqlModes.DEFAULT);
        int from = 0;
        for (Token token = lexer.next(); token != Token.END && token != Token.ERROR; token = lexer.next()) {
            if (token == Token.BIND || token == Token.LIST_BIND) {
                pieces.add(sql.substring(from, lexer.start()));
                variables.add(new Variable(lexer.value(), token == Token.LIST_BIND));
                from = lexer.end();
            }
        }
        pieces.add(sql.substring(from));
        return new QueryTemplate(pieces, variables);
    }

    /** In order of appearance, each as often as it appears. */
    List<Variable> variables() {
        return variables;
    }

    /** The texts around the variables: one more than there are variables. */
    List<String> pieces() {
        return pieces;
    }

    /** The text with each variable replaced by what the writer appends for it. */
    String fill(BiConsumer<StringBuilder, Variable> writer) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < variables.size(); i++) {
            out.append(pieces.get(i));
            writer.accept(out, variables.get(i));
        }
        return out.append(pieces.get(variables.size())).toString();
    }
}
