package io.vtsphere.sql.ast;

import io.vtsphere.sqltypes.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression. There is no node for parentheses: the tree has the structure and the printer sets them. */
public sealed interface Expr extends Node
        permits Literal,
                Call,
                Aggregate,
                GroupConcat,
                Windowed,
                PhraseCall,
                Cast,
                Match,
                Expr.Introduced,
                Expr.Bind,
                Expr.ListBind,
                Expr.Column,
                Expr.SystemVariable,
                Expr.UserVariable,
                Expr.AssignVariable,
                Expr.And,
                Expr.Or,
                Expr.Xor,
                Expr.Not,
                Expr.Unary,
                Expr.Binary,
                Expr.Comparison,
                Expr.Quantified,
                Expr.Like,
                Expr.In,
                Expr.Between,
                Expr.Is,
                Expr.MemberOf,
                Expr.Tuple,
                Expr.Subquery,
                Expr.Exists,
                Expr.Case,
                Expr.Collate,
                Expr.Interval,
                Expr.Default,
                Expr.InsertValue,
                Expr.ConvertUsing {

    <R> R accept(ExprVisitor<R> visitor);

    /** {@code _charset literal}; the operand is a {@link Literal} or, once normalised, a {@link Bind}. */
    record Introduced(String charset, Expr operand) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.introduced(this);
        }
    }

    /**
     * {@code :name}, and {@code ?} which the parser names {@code v1}, {@code v2} … in order.
     *
     * @param type the type of its value where the normaliser knows it; never printed unless asked for
     */
    record Bind(String name, @Nullable SqlType type) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.bind(this);
        }
    }

    /** {@code ::name}, a list of values. */
    record ListBind(String name) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.listBind(this);
        }
    }

    /** A column reference, as far qualified as it was written. */
    record Column(@Nullable String keyspace, @Nullable String table, String name) implements Expr {
        public static Column of(String name) {
            return new Column(null, null, name);
        }

        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.column(this);
        }
    }

    /**
     * {@code @@name}, {@code @@session.name} …
     *
     * @param scope null if none was written
     * @param name the name in lower case; with a component before it ({@code a.b}) both, with the dot
     */
    record SystemVariable(@Nullable VariableScope scope, String name) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.systemVariable(this);
        }
    }

    /** {@code @name}, without the sign, in the case written. */
    record UserVariable(String name) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.userVariable(this);
        }
    }

    /** {@code @name := value}. */
    record AssignVariable(UserVariable variable, Expr value) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.assignVariable(this);
        }
    }

    /** A conjunction of two or more operands; an operand that is an And itself was in parentheses to the right. */
    record And(List<Expr> operands) implements Expr {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.and(this);
        }
    }

    /** A disjunction of two or more operands. */
    record Or(List<Expr> operands) implements Expr {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.or(this);
        }
    }

    record Xor(Expr left, Expr right) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.xor(this);
        }
    }

    /** {@code NOT x}, also when written {@code !x}. */
    record Not(Expr operand) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.not(this);
        }
    }

    /** A minus before a number is a Unary over the literal, never part of the literal. */
    record Unary(UnaryOp op, Expr operand) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.unary(this);
        }
    }

    record Binary(BinaryOp op, Expr left, Expr right) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.binary(this);
        }
    }

    record Comparison(ComparisonOp op, Expr left, Expr right) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.comparison(this);
        }
    }

    /** {@code left op ALL (query)} or {@code left op ANY (query)}. */
    record Quantified(ComparisonOp op, Expr left, boolean all, Subquery right) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.quantified(this);
        }
    }

    /** {@code LIKE}, {@code REGEXP} (also {@code RLIKE}) and {@code SOUNDS LIKE}; only LIKE has an escape. */
    record Like(
            LikeOp op,
            boolean negated,
            Expr left,
            Expr pattern,
            @Nullable Expr escape) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.like(this);
        }
    }

    /** The right side is a {@link Tuple}, a {@link Subquery} or a {@link ListBind}. */
    record In(boolean negated, Expr left, Expr right) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.in(this);
        }
    }

    record Between(boolean negated, Expr operand, Expr low, Expr high) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.between(this);
        }
    }

    record Is(boolean negated, Expr operand, IsTest test) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.is(this);
        }
    }

    /** {@code element MEMBER OF (array)}. */
    record MemberOf(Expr element, Expr array) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.memberOf(this);
        }
    }

    /** A row of expressions, {@code (a, b)} or {@code ROW(a, b)}; the list of an IN may have one element. */
    record Tuple(List<Expr> elements) implements Expr {
        public Tuple {
            elements = List.copyOf(elements);
        }

        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.tuple(this);
        }
    }

    record Subquery(Query query) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.subquery(this);
        }
    }

    record Exists(Query query) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.exists(this);
        }
    }

    /** With an operand the simple form, without it the searched one. */
    record Case(
            @Nullable Expr operand,
            List<When> whens,
            @Nullable Expr otherwise) implements Expr {
        public Case {
            whens = List.copyOf(whens);
        }

        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.caseOf(this);
        }
    }

    /** One branch of a CASE. */
    record When(Expr condition, Expr result) {}

    record Collate(Expr operand, String collation) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.collate(this);
        }
    }

    /** {@code INTERVAL value unit}; stands only as an operand of plus or minus, or as an argument. The unit is in lower case. */
    record Interval(Expr value, String unit) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.interval(this);
        }
    }

    /** {@code DEFAULT} as a value, or {@code DEFAULT(column)}. */
    record Default(@Nullable Column column) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.defaultValue(this);
        }
    }

    /** {@code VALUES(column)} of ON DUPLICATE KEY UPDATE. */
    record InsertValue(Column column) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.insertValue(this);
        }
    }

    /** {@code CONVERT(operand USING charset)}. */
    record ConvertUsing(Expr operand, String charset) implements Expr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.convertUsing(this);
        }
    }
}
