package io.vtsphere.sql;

import io.vtsphere.sql.ast.BinaryOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.IsTest;

/** How tightly expressions bind: the levels of {@link ExprParser} and, above them, those of operands. */
final class Precedence {
    static final int SIMPLE = ExprParser.CONCAT + 1;
    static final int COLLATE = SIMPLE + 1;
    static final int ATOM = COLLATE + 1;

    private Precedence() {}

    static int of(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            return of(binary.op());
        }
        if (expr instanceof Expr.Comparison || expr instanceof Expr.Quantified) {
            return ExprParser.COMPARISON;
        }
        if (expr instanceof Expr.And) {
            return ExprParser.AND;
        }
        if (expr instanceof Expr.Or) {
            return ExprParser.OR;
        }
        if (expr instanceof Expr.Xor) {
            return ExprParser.XOR;
        }
        if (expr instanceof Expr.Not) {
            return ExprParser.NOT;
        }
        if (expr instanceof Expr.Is is) {
            // IS NULL can be compared again, IS TRUE cannot
            return is.test() == IsTest.NULL ? ExprParser.COMPARISON : ExprParser.NOT;
        }
        if (expr instanceof Expr.In
                || expr instanceof Expr.Like
                || expr instanceof Expr.Between
                || expr instanceof Expr.MemberOf) {
            return ExprParser.PREDICATE;
        }
        if (expr instanceof Expr.Unary) {
            return SIMPLE;
        }
        if (expr instanceof Expr.Collate) {
            return COLLATE;
        }
        return expr instanceof Expr.AssignVariable ? 0 : ATOM;
    }

    static int of(BinaryOp op) {
        return switch (op) {
            case BIT_OR -> ExprParser.BIT_OR;
            case BIT_AND -> ExprParser.BIT_AND;
            case SHIFT_LEFT, SHIFT_RIGHT -> ExprParser.SHIFT;
            case ADD, SUBTRACT -> ExprParser.ADD;
            case MULTIPLY, DIVIDE, INTEGER_DIVIDE, MODULO -> ExprParser.MULTIPLY;
            case BIT_XOR -> ExprParser.BIT_XOR;
            case JSON_EXTRACT, JSON_UNQUOTE -> ATOM;
        };
    }

    /** Whether the text of the expression begins with the parenthesis of a row. */
    static boolean startsWithRow(Expr expr) {
        if (expr instanceof Expr.Comparison comparison) {
            return startsWithRow(comparison.left());
        }
        if (expr instanceof Expr.Quantified quantified) {
            return startsWithRow(quantified.left());
        }
        if (expr instanceof Expr.In in) {
            return startsWithRow(in.left());
        }
        if (expr instanceof Expr.And and) {
            return startsWithRow(and.operands().get(0));
        }
        if (expr instanceof Expr.Or or) {
            return startsWithRow(or.operands().get(0));
        }
        if (expr instanceof Expr.Xor xor) {
            return startsWithRow(xor.left());
        }
        if (expr instanceof Expr.Is is) {
            return startsWithRow(is.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return startsWithRow(binary.left());
        }
        if (expr instanceof Expr.Like like) {
            return startsWithRow(like.left());
        }
        if (expr instanceof Expr.Between between) {
            return startsWithRow(between.operand());
        }
        if (expr instanceof Expr.MemberOf member) {
            return startsWithRow(member.element());
        }
        if (expr instanceof Expr.Collate collate) {
            return startsWithRow(collate.operand());
        }
        return expr instanceof Expr.Tuple;
    }
}
