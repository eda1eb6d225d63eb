package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sql.SqlNormalizer.Normalized;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.UnaryOp;
import io.vtsphere.sqltypes.SqlValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Undoes a normalisation, to compare with the statement that it was made from. */
final class Normalization {
    private Normalization() {}

    static void assertExact(String sql) {
        Statement statement = SqlParser.parse(sql);
        Fingerprint fingerprint = SqlNormalizer.fingerprint(sql, SqlModes.DEFAULT);
        Normalized normalized = SqlNormalizer.normalize(statement, fingerprint);
        assertThat(normalized.values()).isEqualTo(normalized.shape().values(fingerprint));
        Statement back = unbind(normalized);
        assertThat(SqlPrinter.print(back)).isEqualTo(SqlPrinter.print(unify(statement)));
        String filled = fill(normalized);
        assertThat(SqlPrinter.print(unify(SqlParser.parse(filled)))).isEqualTo(SqlPrinter.print(unify(statement)));
    }

    /** What the tablet does: the text of the normalised tree with the values put in. */
    static String fill(Normalized normalized) {
        return QueryTemplate.of(SqlPrinter.print(normalized.statement())).fill((out, variable) -> {
            BoundValue value = find(normalized, variable.name());
            if (value == null) {
                out.append(variable.list() ? "::" : ":").append(variable.name());
            } else if (value.list() != null) {
                out.append(SqlPrinter.print(new Expr.Tuple(
                        value.list().stream().map(Normalization::literal).toList())));
            } else if (value.value() != null) {
                out.append(SqlPrinter.print(literal(value.value())));
            }
        });
    }

    private static BoundValue find(Normalized normalized, String name) {
        return normalized.values().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Statement unbind(Normalized normalized) {
        Map<String, BoundValue> values = new HashMap<>();
        normalized.values().forEach(v -> values.put(v.name(), v));
        return unify(
                new Rewriter() {
                    @Override
                    public Expr expr(Expr expr) {
                        if (expr instanceof Expr.Bind bind && values.get(bind.name()) != null) {
                            SqlValue value = values.get(bind.name()).value();
                            return value == null ? expr : literal(value);
                        }
                        if (expr instanceof Expr.ListBind bind && values.get(bind.name()) != null) {
                            List<SqlValue> list = values.get(bind.name()).list();
                            return list == null
                                    ? expr
                                    : new Expr.Tuple(list.stream()
                                            .map(Normalization::literal)
                                            .toList());
                        }
                        return super.expr(expr);
                    }
                }.statement(normalized.statement()));
    }

    /** Bits have one form once they are values. */
    private static Statement unify(Statement statement) {
        return new Rewriter() {
            @Override
            public Expr expr(Expr expr) {
                return expr instanceof Literal literal && literal.kind() == Literal.Kind.BIT_STRING
                        ? literal.text().isEmpty()
                                ? new Literal(Literal.Kind.HEX_STRING, "", Span.NONE)
                                : new Literal(Literal.Kind.BIT_NUMBER, "0b" + literal.text(), Span.NONE)
                        : super.expr(expr);
            }
        }.statement(statement);
    }

    static Expr literal(SqlValue value) {
        String text = value.text();
        return switch (value.type()) {
            case VARCHAR -> new Literal(Literal.Kind.STRING, SqlText.decode(value.bytes()), Span.NONE);
            case HEXVAL -> new Literal(Literal.Kind.HEX_STRING, text.substring(2, text.length() - 1), Span.NONE);
            case HEXNUM -> new Literal(Literal.Kind.HEX_NUMBER, text, Span.NONE);
            case BITNUM -> new Literal(Literal.Kind.BIT_NUMBER, text, Span.NONE);
            default ->
                text.startsWith("-")
                        ? new Expr.Unary(UnaryOp.MINUS, new Literal(Literal.Kind.INTEGER, text.substring(1), Span.NONE))
                        : new Literal(Literal.Kind.INTEGER, text, Span.NONE);
        };
    }
}
