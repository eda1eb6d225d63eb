package io.vtsphere.sql;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.BinaryOp;
import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Cast;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.ExprVisitor;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.LikeOp;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Match;
import io.vtsphere.sql.ast.PhraseCall;
import io.vtsphere.sql.ast.VariableScope;
import io.vtsphere.sql.ast.Windowed;
import io.vtsphere.sql.ast.Windowing;
import io.vtsphere.sqltypes.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints expressions; an operand gets parentheses exactly if its level is below what its place takes. */
final class ExprPrinter implements ExprVisitor<Printing> {
    private final Printing to;

    ExprPrinter(Printing to) {
        this.to = to;
    }

    void print(Expr expr, int level) {
        if (Precedence.of(expr) < level) {
            to.add("(");
            expr.accept(this);
            to.add(")");
        } else {
            expr.accept(this);
        }
    }

    @Override
    public Printing literal(Literal expr) {
        String text = expr.text();
        return switch (expr.kind()) {
            case INTEGER, DECIMAL, FLOAT, HEX_NUMBER, BIT_NUMBER -> to.add(text);
            case STRING -> to.string(text);
            case NATIONAL_STRING -> to.add("N").string(text);
            case HEX_STRING -> to.add("X'").add(text).add("'");
            case BIT_STRING -> to.add("b'").add(text).add("'");
            case DATE -> to.add("date").string(text);
            case TIME -> to.add("time").string(text);
            case TIMESTAMP -> to.add("timestamp").string(text);
            case TRUE -> to.add("true");
            case FALSE -> to.add("false");
            case NULL -> to.add("null");
        };
    }

    @Override
    public Printing call(Call expr) {
        String schema = expr.schema();
        if (schema != null) {
            to.name(schema).add(".").name(expr.name());
        } else {
            to.add(expr.name());
        }
        return to.add("(").exprs(expr.arguments()).add(")");
    }

    @Override
    public Printing aggregate(Aggregate expr) {
        to.add(expr.name()).add("(");
        if (expr.star()) {
            return to.add("*)");
        }
        return to.add(expr.distinct() ? "distinct " : "")
                .exprs(expr.arguments())
                .add(")");
    }

    @Override
    public Printing groupConcat(GroupConcat expr) {
        to.add("group_concat(").add(expr.distinct() ? "distinct " : "").exprs(expr.arguments());
        to.orderBy(" order by ", expr.orderBy());
        Literal separator = expr.separator();
        if (separator != null) {
            to.add(" separator ").string(separator.text());
        }
        Limit limit = expr.limit();
        if (limit != null) {
            to.queries().limit(limit);
        }
        return to.add(")");
    }

    @Override
    public Printing windowed(Windowed expr) {
        to.expr(expr.function());
        Boolean fromLast = expr.fromLast();
        if (fromLast != null) {
            to.add(fromLast ? " from last" : " from first");
        }
        Boolean ignoreNulls = expr.ignoreNulls();
        if (ignoreNulls != null) {
            to.add(ignoreNulls ? " ignore nulls" : " respect nulls");
        }
        to.add(" over ");
        String name = expr.name();
        if (name != null) {
            to.name(name);
        }
        Windowing window = expr.window();
        if (window != null) {
            windowing(window);
        }
        return to;
    }

    private void windowing(Windowing window) {
        to.queries().windowing(window);
    }

    @Override
    public Printing phraseCall(PhraseCall expr) {
        to.add(expr.name()).add("(");
        for (PhraseCall.Part part : expr.parts()) {
            to.add(part.words());
            Expr inner = part.expr();
            if (inner != null) {
                // words may follow that an operator would take (IN, FROM): JSON_VALUE's DEFAULT takes an operand only
                to.operand(inner, part.words().endsWith("default ") ? Precedence.SIMPLE : 0);
            }
        }
        return to.add(")");
    }

    @Override
    public Printing cast(Cast expr) {
        to.add(expr.convert() ? "convert(" : "cast(").expr(expr.operand());
        return to.add(expr.convert() ? ", " : " as ").add(expr.type()).add(")");
    }

    @Override
    public Printing match(Match expr) {
        to.add("match(").exprs(expr.columns()).add(") against (").operand(expr.pattern(), ExprParser.BIT_OR);
        return to.add(expr.mode().isEmpty() ? ")" : " " + expr.mode() + ")");
    }

    @Override
    public Printing introduced(Expr.Introduced expr) {
        return to.add("_").add(expr.charset()).add(" ").operand(expr.operand(), Precedence.ATOM);
    }

    @Override
    public Printing bind(Expr.Bind expr) {
        to.add(":").add(expr.name());
        SqlType type = expr.type();
        boolean shown = to.bindTypes && type != null && !expr.name().startsWith("__");
        return shown && type != null ? to.add(" /* ").add(type.name()).add(" */") : to;
    }

    @Override
    public Printing listBind(Expr.ListBind expr) {
        return to.add("::").add(expr.name());
    }

    @Override
    public Printing column(Expr.Column expr) {
        qualifier(expr.keyspace());
        qualifier(expr.table());
        return to.name(expr.name());
    }

    private void qualifier(@Nullable String qualifier) {
        if (qualifier != null) {
            to.name(qualifier).add(".");
        }
    }

    @Override
    public Printing systemVariable(Expr.SystemVariable expr) {
        VariableScope scope = expr.scope();
        to.add("@@");
        if (scope != null) {
            to.add(scope.text()).add(".");
        }
        // a variable's name needs quotes for odd characters only, not because it is a keyword
        String dot = "";
        for (String part : expr.name().split("\\.", -1)) {
            to.add(dot).add(Identifiers.isWord(part) ? part : "`" + part.replace("`", "``") + "`");
            dot = ".";
        }
        return to;
    }

    @Override
    public Printing userVariable(Expr.UserVariable expr) {
        String name = expr.name();
        boolean plain = name.chars().allMatch(c -> c == '.' || c < 128 && Chars.isName((char) c));
        return to.add("@").add(plain ? name : "`" + name.replace("`", "``") + "`");
    }

    @Override
    public Printing assignVariable(Expr.AssignVariable expr) {
        return userVariable(expr.variable()).add(" := ").expr(expr.value());
    }

    @Override
    public Printing and(Expr.And expr) {
        return chain(expr.operands(), " and ", ExprParser.AND + 1);
    }

    @Override
    public Printing or(Expr.Or expr) {
        return chain(expr.operands(), " or ", ExprParser.OR + 1);
    }

    private Printing chain(List<Expr> operands, String word, int level) {
        String separator = "";
        for (Expr operand : operands) {
            to.add(separator).operand(operand, level);
            separator = word;
        }
        return to;
    }

    @Override
    public Printing xor(Expr.Xor expr) {
        return to.operand(expr.left(), ExprParser.XOR).add(" xor ").operand(expr.right(), ExprParser.AND);
    }

    @Override
    public Printing not(Expr.Not expr) {
        return to.add("not ").operand(expr.operand(), ExprParser.NOT);
    }

    @Override
    public Printing unary(Expr.Unary expr) {
        to.add(expr.op().text());
        // two signs in a row would start a comment or change the token
        boolean sign = expr.operand() instanceof Expr.Unary;
        return to.add(sign ? " " : "").operand(expr.operand(), Precedence.SIMPLE);
    }

    @Override
    public Printing binary(Expr.Binary expr) {
        BinaryOp op = expr.op();
        int level = Precedence.of(op);
        if (level == Precedence.ATOM) {
            return to.operand(expr.left(), Precedence.ATOM)
                    .add(" ")
                    .add(op.text())
                    .add(" ")
                    .operand(expr.right(), Precedence.ATOM);
        }
        to.operand(expr.left(), level).add(" ").add(op.text()).add(" ");
        return to.operand(expr.right(), level + 1);
    }

    @Override
    public Printing comparison(Expr.Comparison expr) {
        to.operand(expr.left(), ExprParser.COMPARISON)
                .add(" ")
                .add(expr.op().text())
                .add(" ");
        return to.operand(expr.right(), ExprParser.PREDICATE);
    }

    @Override
    public Printing quantified(Expr.Quantified expr) {
        to.operand(expr.left(), ExprParser.COMPARISON).add(" ").add(expr.op().text());
        return to.add(expr.all() ? " all " : " any ").expr(expr.right());
    }

    @Override
    public Printing like(Expr.Like expr) {
        LikeOp op = expr.op();
        to.operand(expr.left(), ExprParser.BIT_OR)
                .add(expr.negated() ? " not " : " ")
                .add(op.text())
                .add(" ");
        to.operand(expr.pattern(), op == LikeOp.LIKE ? Precedence.SIMPLE : ExprParser.BIT_OR);
        Expr escape = expr.escape();
        return escape == null ? to : to.add(" escape ").operand(escape, Precedence.SIMPLE);
    }

    @Override
    public Printing in(Expr.In expr) {
        to.operand(expr.left(), ExprParser.BIT_OR).add(expr.negated() ? " not in " : " in ");
        return to.expr(expr.right());
    }

    @Override
    public Printing between(Expr.Between expr) {
        to.operand(expr.operand(), ExprParser.BIT_OR).add(expr.negated() ? " not between " : " between ");
        to.operand(expr.low(), ExprParser.BIT_OR).add(" and ");
        return to.operand(expr.high(), ExprParser.PREDICATE);
    }

    @Override
    public Printing is(Expr.Is expr) {
        to.operand(expr.operand(), ExprParser.COMPARISON).add(expr.negated() ? " is not " : " is ");
        return to.add(expr.test().text());
    }

    @Override
    public Printing memberOf(Expr.MemberOf expr) {
        return to.operand(expr.element(), ExprParser.BIT_OR)
                .add(" member of (")
                .expr(expr.array())
                .add(")");
    }

    @Override
    public Printing tuple(Expr.Tuple expr) {
        return to.add("(").exprs(expr.elements()).add(")");
    }

    @Override
    public Printing subquery(Expr.Subquery expr) {
        return to.add("(").query(expr.query()).add(")");
    }

    @Override
    public Printing exists(Expr.Exists expr) {
        return to.add("exists (").query(expr.query()).add(")");
    }

    @Override
    public Printing caseOf(Expr.Case expr) {
        to.add("case").optional(" ", expr.operand());
        for (Expr.When when : expr.whens()) {
            to.add(" when ").expr(when.condition()).add(" then ").expr(when.result());
        }
        return to.optional(" else ", expr.otherwise()).add(" end");
    }

    @Override
    public Printing collate(Expr.Collate expr) {
        return to.operand(expr.operand(), Precedence.COLLATE).add(" collate ").name(expr.collation());
    }

    @Override
    public Printing interval(Expr.Interval expr) {
        // a row at the left end would make it the function INTERVAL
        int level = Precedence.startsWithRow(expr.value()) ? Precedence.ATOM + 1 : 0;
        return to.add("interval ").operand(expr.value(), level).add(" ").add(expr.unit());
    }

    @Override
    public Printing defaultValue(Expr.Default expr) {
        Expr.Column column = expr.column();
        return column == null
                ? to.add("default")
                : to.add("default(").expr(column).add(")");
    }

    @Override
    public Printing insertValue(Expr.InsertValue expr) {
        return to.add("values(").expr(expr.column()).add(")");
    }

    @Override
    public Printing convertUsing(Expr.ConvertUsing expr) {
        return to.add("convert(")
                .expr(expr.operand())
                .add(" using ")
                .add(expr.charset())
                .add(")");
    }
}
