package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.UnaryOp;
import io.vtsphere.sqltypes.SqlType;

/** Puts the bind variables in place of the literals. */
final class LiteralBinder extends Rewriter {
    private final Fingerprint fingerprint;
    private final LiteralNames names;

    LiteralBinder(Fingerprint fingerprint, LiteralNames names) {
        this.fingerprint = fingerprint;
        this.names = names;
    }

    @Override
    public Expr expr(Expr expr) {
        if (expr instanceof Literal literal) {
            int found = LiteralClassifier.find(fingerprint, literal);
            return found < 0 || names.isNegated(found) ? expr : bind(found, expr);
        }
        if (expr instanceof Expr.Unary unary
                && unary.op() == UnaryOp.MINUS
                && unary.operand() instanceof Literal literal) {
            int found = LiteralClassifier.find(fingerprint, literal);
            if (found >= 0 && names.isNegated(found)) {
                return bind(found, expr);
            }
        }
        if (expr instanceof Expr.In in) {
            int list = LiteralClassifier.findList(fingerprint, in);
            String name = list < 0 ? null : names.name(list);
            if (name != null) {
                return new Expr.In(in.negated(), expr(in.left()), new Expr.ListBind(name));
            }
        }
        return super.expr(expr);
    }

    private Expr bind(int literal, Expr otherwise) {
        String name = names.name(literal);
        SqlType type = fingerprint.kind(literal).type();
        return name == null ? otherwise : new Expr.Bind(name, type);
    }
}
