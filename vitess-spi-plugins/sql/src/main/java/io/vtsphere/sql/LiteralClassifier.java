package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.LikeOp;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each literal of a fingerprint whether it may become a bind variable.
 *
 * <p>These stay: what names a column (an entry of a select list without alias), ordinals of ORDER BY and GROUP BY, intervals, JSON
 * paths of the arrow operators, LIKE's escape, what is no expression in the tree (lengths of types, separators, aliases), and literals
 * whose type the key does not know (dates). If one of several equal literals of a query stays, all of them do.
 */
final class LiteralClassifier extends Rewriter {
    private static final byte UNSEEN = 0;
    private static final byte PLAIN = 1;
    private static final byte NEGATED = 2;
    private static final byte FIXED = 3;

    private final Fingerprint fingerprint;
    private final byte[] uses;
    private final @Nullable String[] columns;
    private int fixing;

    LiteralClassifier(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
        this.uses = new byte[fingerprint.size()];
        this.columns = new @Nullable String[fingerprint.size()];
    }

    void classify(Statement statement) {
        statement(statement);
        boolean[] stays = new boolean[uses.length];
        for (int i = 0; i < uses.length; i++) {
            stays[fingerprint.first(i)] |= uses[i] == FIXED || uses[i] == UNSEEN;
        }
        for (int i = 0; i < uses.length; i++) {
            if (stays[fingerprint.first(i)]) {
                uses[i] = FIXED;
            }
        }
    }

    boolean isBound(int literal) {
        return uses[literal] == PLAIN || uses[literal] == NEGATED;
    }

    boolean isNegated(int literal) {
        return uses[literal] == NEGATED;
    }

    /** The column that the literal is compared with, as a name for its bind variable; null if there is none. */
    @Nullable
    String column(int literal) {
        return columns[literal];
    }

    private void use(int literal, byte use) {
        if (literal >= 0) {
            uses[literal] = fixing > 0 || uses[literal] != UNSEEN ? FIXED : use;
        }
    }

    /** The number of a literal whose place is exactly that of one in the fingerprint, or -1. */
    static int find(Fingerprint fingerprint, Literal literal) {
        if (!literal.span().isKnown()) {
            return -1;
        }
        int found = fingerprint.at(literal.span().start());
        return found >= 0
                        && fingerprint.kind(found) != LiteralKind.LIST
                        && fingerprint.start(found) == literal.span().start()
                        && fingerprint.end(found) == literal.span().end()
                ? found
                : -1;
    }

    /** The number of the list that is the right side of that IN, or -1. */
    static int findList(Fingerprint fingerprint, Expr.In in) {
        if (!(in.right() instanceof Expr.Tuple tuple)) {
            return -1;
        }
        int list = -1;
        for (Expr element : tuple.elements()) {
            Expr plain = element instanceof Expr.Unary unary && unary.op() == UnaryOp.MINUS ? unary.operand() : element;
            if (!(plain instanceof Literal literal) || !literal.span().isKnown()) {
                return -1;
            }
            int found = fingerprint.at(literal.span().start());
            if (found < 0 || fingerprint.kind(found) != LiteralKind.LIST || list >= 0 && list != found) {
                return -1;
            }
            list = found;
        }
        return list;
    }

    @Override
    public Expr expr(Expr expr) {
        if (expr instanceof Literal literal) {
            int found = find(fingerprint, literal);
            if (found >= 0) {
                use(found, PLAIN);
            } else if (literal.span().isKnown()) {
                // inside a list that turned out not to be an IN's, or a date whose string has a place of its own
                use(fingerprint.at(literal.span().start()), FIXED);
            }
            return expr;
        }
        if (expr instanceof Expr.Unary unary
                && unary.op() == UnaryOp.MINUS
                && unary.operand() instanceof Literal literal) {
            int found = find(fingerprint, literal);
            if (found >= 0) {
                use(found, fingerprint.kind(found).isNegatable() ? NEGATED : FIXED);
                return expr;
            }
        }
        Expr operand = expr instanceof Expr.Collate collate
                ? collate.operand()
                : expr instanceof Expr.Unary outer ? outer.operand() : null;
        if (operand instanceof Expr.Unary) {
            // a minus that came with the value would not bind as the one in parentheses does
            fix(operand);
            return expr;
        }
        if (expr instanceof Expr.In in) {
            int list = findList(fingerprint, in);
            if (list >= 0) {
                expr(in.left());
                use(list, PLAIN);
                return expr;
            }
        }
        if (expr instanceof Expr.Comparison comparison) {
            compared(comparison.left(), comparison.right());
            compared(comparison.right(), comparison.left());
        } else if (expr instanceof Expr.Like like) {
            if (like.op() != LikeOp.SOUNDS_LIKE) {
                compared(like.left(), like.pattern());
            }
            Expr escape = like.escape();
            if (escape != null) {
                expr(like.left());
                expr(like.pattern());
                fix(escape);
                return expr;
            }
        } else if (stays(expr)) {
            fixing++;
            super.expr(expr);
            fixing--;
            return expr;
        }
        return super.expr(expr);
    }

    private static boolean stays(Expr expr) {
        return expr instanceof Expr.Interval
                || expr instanceof GroupConcat
                || expr instanceof Expr.Binary binary
                        && switch (binary.op()) {
                            case JSON_EXTRACT, JSON_UNQUOTE -> true;
                            default -> false;
                        };
    }

    private void fix(Expr expr) {
        fixing++;
        expr(expr);
        fixing--;
    }

    private void compared(Expr column, Expr value) {
        if (column instanceof Expr.Column name) {
            Expr plain = value instanceof Expr.Unary unary && unary.op() == UnaryOp.MINUS ? unary.operand() : value;
            int found = plain instanceof Literal literal ? find(fingerprint, literal) : -1;
            if (found >= 0) {
                columns[found] = LiteralNames.of(name);
            }
        }
    }

    @Override
    public SelectItem item(SelectItem item) {
        if (item instanceof SelectItem.Item entry && entry.alias() == null) {
            fix(entry.expr());
            return item;
        }
        return super.item(item);
    }

    @Override
    public OrderItem orderItem(OrderItem item) {
        ordinal(item.expr());
        return item;
    }

    @Override
    public Expr groupItem(Expr expr) {
        ordinal(expr);
        return expr;
    }

    private void ordinal(Expr expr) {
        Expr plain = expr instanceof Expr.Unary unary ? unary.operand() : expr;
        if (plain instanceof Literal) {
            fix(expr);
        } else {
            expr(expr);
        }
    }
}
