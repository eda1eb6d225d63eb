package io.vtsphere.sql.ast;

/** One method for each kind of expression; a new kind does not compile until every visitor knows it. */
public interface ExprVisitor<R> {
    R literal(Literal expr);

    R call(Call expr);

    R aggregate(Aggregate expr);

    R groupConcat(GroupConcat expr);

    R windowed(Windowed expr);

    R phraseCall(PhraseCall expr);

    R cast(Cast expr);

    R match(Match expr);

    R introduced(Expr.Introduced expr);

    R bind(Expr.Bind expr);

    R listBind(Expr.ListBind expr);

    R column(Expr.Column expr);

    R systemVariable(Expr.SystemVariable expr);

    R userVariable(Expr.UserVariable expr);

    R assignVariable(Expr.AssignVariable expr);

    R and(Expr.And expr);

    R or(Expr.Or expr);

    R xor(Expr.Xor expr);

    R not(Expr.Not expr);

    R unary(Expr.Unary expr);

    R binary(Expr.Binary expr);

    R comparison(Expr.Comparison expr);

    R quantified(Expr.Quantified expr);

    R like(Expr.Like expr);

    R in(Expr.In expr);

    R between(Expr.Between expr);

    R is(Expr.Is expr);

    R memberOf(Expr.MemberOf expr);

    R tuple(Expr.Tuple expr);

    R subquery(Expr.Subquery expr);

    R exists(Expr.Exists expr);

    R caseOf(Expr.Case expr);

    R collate(Expr.Collate expr);

    R interval(Expr.Interval expr);

    R defaultValue(Expr.Default expr);

    R insertValue(Expr.InsertValue expr);

    R convertUsing(Expr.ConvertUsing expr);
}
