package io.vtsphere.planner;

import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.IsTest;
import io.vtsphere.sql.ast.LikeOp;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sqltypes.SqlType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads facts from a condition: only conditions that every row must fulfil, so the operands of its ANDs. */
final class Conjuncts {
    private final Scope scope;
    private final Facts facts;

    Conjuncts(Scope scope, Facts facts) {
        this.scope = scope;
        this.facts = facts;
    }

    /** The operands of nested ANDs; the condition itself when it is none. */
    static List<Expr> of(@Nullable Expr condition) {
        List<Expr> conjuncts = new ArrayList<>();
        flatten(condition, conjuncts);
        return conjuncts;
    }

    private static void flatten(@Nullable Expr condition, List<Expr> into) {
        if (condition instanceof Expr.And and) {
            and.operands().forEach(operand -> flatten(operand, into));
        } else if (condition != null) {
            into.add(condition);
        }
    }

    void add(@Nullable Expr condition) {
        for (Expr conjunct : of(condition)) {
            if (conjunct instanceof Expr.Comparison comparison) {
                comparison(comparison);
            } else if (conjunct instanceof Expr.In in) {
                in(in);
            } else if (conjunct instanceof Expr.Between between) {
                between(between);
            } else if (conjunct instanceof Expr.Like like) {
                like(like);
            } else if (conjunct instanceof Expr.Is is) {
                is(is);
            } else if (conjunct instanceof Literal literal) {
                literal(literal);
            }
        }
    }

    private void comparison(Expr.Comparison comparison) {
        if (comparison.op() == ComparisonOp.NULL_SAFE_EQ) {
            return;
        }
        if (RouteValues.isNull(comparison.left()) || RouteValues.isNull(comparison.right())) {
            facts.setImpossible();
        } else if (comparison.op() == ComparisonOp.EQ) {
            equality(comparison.left(), comparison.right());
        }
    }

    private void equality(Expr left, Expr right) {
        if (left instanceof Expr.Tuple a
                && right instanceof Expr.Tuple b
                && a.elements().size() == b.elements().size()) {
            for (int i = 0; i < a.elements().size(); i++) {
                equality(a.elements().get(i), b.elements().get(i));
            }
            return;
        }
        ColumnId leftColumn = column(left);
        ColumnId rightColumn = column(right);
        if (leftColumn != null && rightColumn != null) {
            facts.equal(leftColumn, rightColumn);
        } else if (leftColumn != null) {
            value(leftColumn, right);
        } else if (rightColumn != null) {
            value(rightColumn, left);
        } else if (differ(left, right)) {
            facts.setImpossible();
        }
    }

    private static boolean differ(Expr left, Expr right) {
        return left instanceof Literal a
                && right instanceof Literal b
                && a.kind() == Literal.Kind.INTEGER
                && b.kind() == Literal.Kind.INTEGER
                && !new BigInteger(a.text()).equals(new BigInteger(b.text()));
    }

    private void value(ColumnId column, Expr expr) {
        RouteValue value = RouteValues.single(expr);
        if (value != null && ValueTypes.mapsLikeItCompares(column, RouteValues.type(expr))) {
            facts.equal(column, value);
        }
    }

    private void in(Expr.In in) {
        if (in.right() instanceof Expr.Tuple list) {
            boolean hasNull = list.elements().stream().anyMatch(RouteValues::isNull);
            if (in.negated() && hasNull) {
                facts.setImpossible();
            } else if (!in.negated() && list.elements().stream().allMatch(RouteValues::isNull)) {
                facts.setImpossible();
            }
        }
        if (in.negated()) {
            return;
        }
        if (in.left() instanceof Expr.Tuple columns) {
            tupleIn(columns, in.right());
            return;
        }
        ColumnId column = column(in.left());
        RouteValue list = RouteValues.list(in.right());
        if (column == null || list == null || !listMapsLikeItCompares(column, in.right())) {
            return;
        }
        if (list instanceof RouteValue.Tuple tuple && tuple.values().size() == 1) {
            facts.equal(column, tuple.values().get(0));
        } else {
            facts.restrict(new Restriction.In(column, list, in));
        }
    }

    private static boolean listMapsLikeItCompares(ColumnId column, Expr list) {
        return !(list instanceof Expr.Tuple tuple)
                || tuple.elements().stream()
                        .allMatch(element -> ValueTypes.mapsLikeItCompares(column, RouteValues.type(element)));
    }

    private void tupleIn(Expr.Tuple left, Expr right) {
        if (!(right instanceof Expr.Tuple rows)) {
            return;
        }
        List<ColumnId> columns = new ArrayList<>();
        List<RouteValue.Tuple> lists = new ArrayList<>();
        for (int i = 0; i < left.elements().size(); i++) {
            ColumnId column = column(left.elements().get(i));
            List<RouteValue> values = column == null
                    ? null
                    : columnOfRows(column, rows, i, left.elements().size());
            if (column != null && values != null) {
                columns.add(column);
                lists.add(new RouteValue.Tuple(values));
            }
        }
        if (!columns.isEmpty()) {
            facts.restrict(new Restriction.TupleIn(columns, lists));
        }
    }

    private static @Nullable List<RouteValue> columnOfRows(ColumnId column, Expr.Tuple rows, int index, int width) {
        List<RouteValue> values = new ArrayList<>();
        for (Expr row : rows.elements()) {
            if (!(row instanceof Expr.Tuple tuple) || tuple.elements().size() != width) {
                return null;
            }
            Expr element = tuple.elements().get(index);
            RouteValue value = RouteValues.single(element);
            SqlType type = RouteValues.type(element);
            boolean late = type == null && value != null && ValueTypes.checked(column, value) != value;
            if (value == null || late || !ValueTypes.mapsLikeItCompares(column, type)) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    private void between(Expr.Between between) {
        ColumnId column = column(between.operand());
        RouteValue low = RouteValues.single(between.low());
        RouteValue high = RouteValues.single(between.high());
        if (!between.negated() && column != null && low != null && high != null) {
            facts.restrict(new Restriction.Between(column, low, high));
        }
    }

    private void like(Expr.Like like) {
        ColumnId column = column(like.left());
        RouteValue pattern = RouteValues.single(like.pattern());
        boolean plain = like.op() == LikeOp.LIKE && !like.negated() && like.escape() == null;
        if (plain && column != null && pattern != null) {
            facts.restrict(new Restriction.Like(column, pattern));
        }
    }

    private void is(Expr.Is is) {
        ColumnId column = column(is.operand());
        if (!is.negated()
                && is.test() == IsTest.NULL
                && column != null
                && !column.occurrence().nullable()) {
            facts.restrict(new Restriction.IsNull(column));
        }
    }

    private void literal(Literal literal) {
        boolean zero = literal.kind() == Literal.Kind.INTEGER && new BigInteger(literal.text()).signum() == 0;
        if (zero || literal.kind() == Literal.Kind.FALSE || literal.isNull()) {
            facts.setImpossible();
        }
    }

    private @Nullable ColumnId column(Expr expr) {
        return expr instanceof Expr.Column column ? scope.resolve(column) : null;
    }
}
