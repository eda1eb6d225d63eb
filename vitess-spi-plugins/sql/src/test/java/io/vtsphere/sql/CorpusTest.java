package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hand-written statements, section by section, with the form in which they are printed. */
class CorpusTest {
    record Line(String sql, String printed) {
        @Override
        public String toString() {
            return sql;
        }
    }

    static List<Line> lines() {
        return StatementResource.lines("corpus.sql").stream()
                .map(line -> {
                    int arrow = line.indexOf(" => ");
                    return arrow < 0
                            ? new Line(line, line)
                            : new Line(line.substring(0, arrow), line.substring(arrow + 4));
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void printsInCanonicalForm(Line line) {
        assertThat(SqlPrinter.print(SqlParser.parse(line.sql()))).isEqualTo(line.printed());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatIsPrintedParsesToTheSame(Line line) {
        String printed = SqlPrinter.print(SqlParser.parse(line.printed()));
        assertThat(SqlPrinter.print(SqlParser.parse(printed))).isEqualTo(printed);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void rewriterThatChangesNothingGivesTheSameTree(Line line) {
        Statement statement = SqlParser.parse(line.sql());
        assertThat(new Rewriter() {}.statement(statement)).isSameAs(statement);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void rewriterReachesEveryColumn(Line line) {
        Statement statement = SqlParser.parse(line.sql());
        Statement renamed = new Rewriter() {
            @Override
            public Expr expr(Expr expr) {
                return expr instanceof Expr.Column column
                        ? new Expr.Column(column.keyspace(), column.table(), column.name() + "_x")
                        : super.expr(expr);
            }
        }.statement(statement);
        Statement back = new Rewriter() {
            @Override
            public Expr expr(Expr expr) {
                return expr instanceof Expr.Column column
                        ? new Expr.Column(
                                column.keyspace(),
                                column.table(),
                                column.name().substring(0, column.name().length() - 2))
                        : super.expr(expr);
            }
        }.statement(renamed);
        assertThat(back).isEqualTo(statement);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void bindingTheLiteralsBackGivesTheStatement(Line line) {
        Normalization.assertExact(line.sql());
    }
}
