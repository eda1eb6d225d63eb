package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the bind variables, as vtgate gives them: after the column that the literal is compared with ({@code customer_id}, then
 * {@code customer_id1}), else {@code vtg1}, {@code vtg2} … Names that the statement itself uses are left out.
 */
final class LiteralNames {
    private final Fingerprint fingerprint;
    private final LiteralClassifier classifier;
    private final @Nullable String[] names;
    private final Set<String> taken = new HashSet<>();
    private int counter;

    LiteralNames(Fingerprint fingerprint, LiteralClassifier classifier) {
        this.fingerprint = fingerprint;
        this.classifier = classifier;
        this.names = new @Nullable String[fingerprint.size()];
    }

    /** Names the bound literals and lists them; gives the numbers of those that stay. */
    int[] assign(Statement statement, List<Shape.Bound> bound) {
        taken.addAll(BindNames.of(statement));
        int[] fixed = new int[fingerprint.size()];
        int fixedSize = 0;
        Map<Integer, String> plain = new HashMap<>();
        Map<Integer, String> negative = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            int first = fingerprint.first(i);
            if (!classifier.isBound(i)) {
                if (first == i) {
                    fixed[fixedSize++] = i;
                }
                continue;
            }
            boolean negated = classifier.isNegated(i);
            Map<Integer, String> group = negated ? negative : plain;
            String name = group.get(first);
            if (name == null) {
                name = next(classifier.column(i));
                group.put(first, name);
                bound.add(new Shape.Bound(name, i, negated, fingerprint.kind(i) == LiteralKind.LIST));
            }
            names[i] = name;
        }
        return Arrays.copyOf(fixed, fixedSize);
    }

    /** The name of a literal; null if it stays. */
    @Nullable
    String name(int literal) {
        return names[literal];
    }

    boolean isNegated(int literal) {
        return classifier.isNegated(literal);
    }

    private String next(@Nullable String column) {
        String name = column;
        for (int i = 1; name == null || !taken.add(name); i++) {
            name = column == null ? "vtg" + ++counter : column + i;
        }
        return name;
    }

    /** The column's name with its table's before it, in characters that a bind variable can have. */
    static String of(Expr.Column column) {
        String table = column.table();
        String name = table == null ? column.name() : table + "_" + column.name();
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain.append(Chars.isBindName(c, false) ? c : '_');
        }
        String result = plain.toString();
        // a column may be called like a generated name, and a parameter is called v1
        boolean generated = result.startsWith("vtg") || result.matches("v[0-9]+");
        return generated || Chars.isDigit(result.charAt(0)) ? "_" + result : result;
    }
}
