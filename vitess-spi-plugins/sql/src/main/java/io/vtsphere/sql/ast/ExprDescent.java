package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rebuilds an expression from its rewritten children. */
final class ExprDescent implements ExprVisitor<Expr> {
    private final Rewriter rewriter;

    ExprDescent(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    private Expr go(Expr expr) {
        return rewriter.expr(expr);
    }

    @Override
    public Expr literal(Literal expr) {
        return expr;
    }

    @Override
    public Expr call(Call expr) {
        List<Expr> arguments = rewriter.exprs(expr.arguments());
        return arguments == expr.arguments() ? expr : new Call(expr.schema(), expr.name(), arguments);
    }

    @Override
    public Expr aggregate(Aggregate expr) {
        List<Expr> arguments = rewriter.exprs(expr.arguments());
        return arguments == expr.arguments()
                ? expr
                : new Aggregate(expr.name(), expr.distinct(), expr.star(), arguments);
    }

    @Override
    public Expr groupConcat(GroupConcat expr) {
        List<Expr> arguments = rewriter.exprs(expr.arguments());
        List<OrderItem> orderBy = rewriter.orderItems(expr.orderBy());
        Limit limit = rewriter.optional(expr.limit());
        return arguments == expr.arguments() && orderBy == expr.orderBy() && limit == expr.limit()
                ? expr
                : new GroupConcat(expr.distinct(), arguments, orderBy, expr.separator(), limit);
    }

    @Override
    public Expr windowed(Windowed expr) {
        Expr function = go(expr.function());
        Windowing old = expr.window();
        Windowing window = old == null ? null : windowing(old);
        return function == expr.function() && window == old
                ? expr
                : new Windowed(function, expr.fromLast(), expr.ignoreNulls(), expr.name(), window);
    }

    Windowing windowing(Windowing windowing) {
        List<Expr> partitionBy = rewriter.exprs(windowing.partitionBy());
        List<OrderItem> orderBy = rewriter.orderItems(windowing.orderBy());
        Windowing.Frame old = windowing.frame();
        Windowing.Frame frame = old == null ? null : frame(old);
        return partitionBy == windowing.partitionBy() && orderBy == windowing.orderBy() && frame == old
                ? windowing
                : new Windowing(windowing.base(), partitionBy, orderBy, frame);
    }

    private Windowing.Frame frame(Windowing.Frame frame) {
        Windowing.Bound start = bound(frame.start());
        Windowing.Bound old = frame.end();
        Windowing.Bound end = old == null ? null : bound(old);
        return start == frame.start() && end == old ? frame : new Windowing.Frame(frame.unit(), start, end);
    }

    private Windowing.Bound bound(Windowing.Bound bound) {
        Expr offset = rewriter.optional(bound.offset());
        return offset == bound.offset() ? bound : new Windowing.Bound(bound.kind(), offset);
    }

    @Override
    public Expr phraseCall(PhraseCall expr) {
        List<PhraseCall.Part> parts = Rewriter.each(expr.parts(), part -> {
            Expr inner = rewriter.optional(part.expr());
            return inner == part.expr() ? part : new PhraseCall.Part(part.words(), inner);
        });
        return parts == expr.parts() ? expr : new PhraseCall(expr.name(), parts);
    }

    @Override
    public Expr cast(Cast expr) {
        Expr operand = go(expr.operand());
        return operand == expr.operand() ? expr : new Cast(operand, expr.type(), expr.convert());
    }

    @Override
    public Expr match(Match expr) {
        List<Expr> columns = rewriter.exprs(expr.columns());
        Expr pattern = go(expr.pattern());
        return columns == expr.columns() && pattern == expr.pattern() ? expr : new Match(columns, pattern, expr.mode());
    }

    @Override
    public Expr introduced(Expr.Introduced expr) {
        Expr operand = go(expr.operand());
        return operand == expr.operand() ? expr : new Expr.Introduced(expr.charset(), operand);
    }

    @Override
    public Expr bind(Expr.Bind expr) {
        return expr;
    }

    @Override
    public Expr listBind(Expr.ListBind expr) {
        return expr;
    }

    @Override
    public Expr column(Expr.Column expr) {
        return expr;
    }

    @Override
    public Expr systemVariable(Expr.SystemVariable expr) {
        return expr;
    }

    @Override
    public Expr userVariable(Expr.UserVariable expr) {
        return expr;
    }

    @Override
    public Expr assignVariable(Expr.AssignVariable expr) {
        Expr value = go(expr.value());
        return value == expr.value() ? expr : new Expr.AssignVariable(expr.variable(), value);
    }

    @Override
    public Expr and(Expr.And expr) {
        List<Expr> operands = rewriter.exprs(expr.operands());
        return operands == expr.operands() ? expr : new Expr.And(operands);
    }

    @Override
    public Expr or(Expr.Or expr) {
        List<Expr> operands = rewriter.exprs(expr.operands());
        return operands == expr.operands() ? expr : new Expr.Or(operands);
    }

    @Override
    public Expr xor(Expr.Xor expr) {
        Expr left = go(expr.left());
        Expr right = go(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new Expr.Xor(left, right);
    }

    @Override
    public Expr not(Expr.Not expr) {
        Expr operand = go(expr.operand());
        return operand == expr.operand() ? expr : new Expr.Not(operand);
    }

    @Override
    public Expr unary(Expr.Unary expr) {
        Expr operand = go(expr.operand());
        return operand == expr.operand() ? expr : new Expr.Unary(expr.op(), operand);
    }

    @Override
    public Expr binary(Expr.Binary expr) {
        Expr left = go(expr.left());
        Expr right = go(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new Expr.Binary(expr.op(), left, right);
    }

    @Override
    public Expr comparison(Expr.Comparison expr) {
        Expr left = go(expr.left());
        Expr right = go(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new Expr.Comparison(expr.op(), left, right);
    }

    @Override
    public Expr quantified(Expr.Quantified expr) {
        Expr left = go(expr.left());
        Expr right = go(expr.right());
        return left == expr.left() && right == expr.right()
                ? expr
                : new Expr.Quantified(expr.op(), left, expr.all(), (Expr.Subquery) right);
    }

    @Override
    public Expr like(Expr.Like expr) {
        Expr left = go(expr.left());
        Expr pattern = go(expr.pattern());
        @Nullable Expr escape = rewriter.optional(expr.escape());
        return left == expr.left() && pattern == expr.pattern() && escape == expr.escape()
                ? expr
                : new Expr.Like(expr.op(), expr.negated(), left, pattern, escape);
    }

    @Override
    public Expr in(Expr.In expr) {
        Expr left = go(expr.left());
        Expr right = go(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new Expr.In(expr.negated(), left, right);
    }

    @Override
    public Expr between(Expr.Between expr) {
        Expr operand = go(expr.operand());
        Expr low = go(expr.low());
        Expr high = go(expr.high());
        return operand == expr.operand() && low == expr.low() && high == expr.high()
                ? expr
                : new Expr.Between(expr.negated(), operand, low, high);
    }

    @Override
    public Expr is(Expr.Is expr) {
        Expr operand = go(expr.operand());
        return operand == expr.operand() ? expr : new Expr.Is(expr.negated(), operand, expr.test());
    }

    @Override
    public Expr memberOf(Expr.MemberOf expr) {
        Expr element = go(expr.element());
        Expr array = go(expr.array());
        return element == expr.element() && array == expr.array() ? expr : new Expr.MemberOf(element, array);
    }

    @Override
    public Expr tuple(Expr.Tuple expr) {
        List<Expr> elements = rewriter.exprs(expr.elements());
        return elements == expr.elements() ? expr : new Expr.Tuple(elements);
    }

    @Override
    public Expr subquery(Expr.Subquery expr) {
        Query query = rewriter.query(expr.query());
        return query == expr.query() ? expr : new Expr.Subquery(query);
    }

    @Override
    public Expr exists(Expr.Exists expr) {
        Query query = rewriter.query(expr.query());
        return query == expr.query() ? expr : new Expr.Exists(query);
    }

    @Override
    public Expr caseOf(Expr.Case expr) {
        Expr operand = rewriter.optional(expr.operand());
        List<Expr.When> whens = Rewriter.each(expr.whens(), when -> {
            Expr condition = go(when.condition());
            Expr result = go(when.result());
            return condition == when.condition() && result == when.result() ? when : new Expr.When(condition, result);
        });
        Expr otherwise = rewriter.optional(expr.otherwise());
        return operand == expr.operand() && whens == expr.whens() && otherwise == expr.otherwise()
                ? expr
                : new Expr.Case(operand, whens, otherwise);
    }

    @Override
    public Expr collate(Expr.Collate expr) {
        Expr operand = go(expr.operand());
        return operand == expr.operand() ? expr : new Expr.Collate(operand, expr.collation());
    }

    @Override
    public Expr interval(Expr.Interval expr) {
        Expr value = go(expr.value());
        return value == expr.value() ? expr : new Expr.Interval(value, expr.unit());
    }

    @Override
    public Expr defaultValue(Expr.Default expr) {
        Expr.Column old = expr.column();
        Expr column = rewriter.optional(old);
        return column == old ? expr : new Expr.Default((Expr.Column) column);
    }

    @Override
    public Expr insertValue(Expr.InsertValue expr) {
        Expr column = go(expr.column());
        return column == expr.column() ? expr : new Expr.InsertValue((Expr.Column) column);
    }

    @Override
    public Expr convertUsing(Expr.ConvertUsing expr) {
        Expr operand = go(expr.operand());
        return operand == expr.operand() ? expr : new Expr.ConvertUsing(operand, expr.charset());
    }
}
