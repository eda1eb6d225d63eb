package io.vtsphere.sql;

import io.vtsphere.sql.ast.BinaryOp;
import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.IsTest;
import io.vtsphere.sql.ast.LikeOp;
import java.util.ArrayList;
import java.util.List;

/**
 * Expressions by precedence climbing.
 *
 * <p>The levels follow MySQL's grammar ({@code expr}, {@code bool_pri}, {@code predicate}, {@code bit_expr}, {@code simple_expr}).
 */
final class ExprParser {
    static final int OR = 1;
    static final int XOR = 2;
    static final int AND = 3;
    static final int NOT = 4;
    static final int COMPARISON = 5;
    static final int PREDICATE = 6;
    static final int BIT_OR = 7;
    static final int BIT_AND = 8;
    static final int SHIFT = 9;
    static final int ADD = 10;
    static final int MULTIPLY = 11;
    static final int BIT_XOR = 12;
    static final int CONCAT = 13;

    private final Parser parser;
    private final Tokens tokens;
    /** The height of the expression that was parsed last. */
    private int height;

    ExprParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Expr expr() {
        return climb(OR);
    }

    /** One or more with commas between. */
    List<Expr> list() {
        List<Expr> list = new ArrayList<>(4);
        do {
            list.add(expr());
        } while (tokens.accept(Token.COMMA));
        return list;
    }

    /** An expression of operators that bind at least as tightly as that level. */
    Expr climb(int level) {
        tokens.enter();
        Expr left;
        if (level <= NOT && tokens.at("not")) {
            tokens.advance();
            left = new Expr.Not(climb(NOT));
            built(height + 1);
            left = climbFrom(left, level, NOT);
        } else {
            left = climbFrom(simple(), level, Integer.MAX_VALUE);
        }
        tokens.leave();
        return left;
    }

    /** The same, the leftmost operand being read already. */
    Expr climbFrom(Expr first, int level) {
        return climbFrom(first, level, Integer.MAX_VALUE);
    }

    /**
     * Operators down to the level, up to the ceiling.
     *
     * <p>What an operator has made can be the left side of operators of its own level or below only: {@code a IN (1) + 2} is an error.
     * Of predicates and IS TRUE not even of their own level: MySQL's grammar does not repeat them.
     */
    private Expr climbFrom(Expr first, int level, int highest) {
        Expr left = first;
        int ceiling = highest;
        while (true) {
            int operator = level();
            if (operator < level || operator > ceiling) {
                return left;
            }
            int leftHeight = height;
            left = apply(operator, left);
            built(Math.max(leftHeight, height) + 1);
            ceiling = operator == PREDICATE
                    ? COMPARISON
                    : left instanceof Expr.Is is && is.test() != IsTest.NULL ? AND : operator;
        }
    }

    private void built(int newHeight) {
        height = newHeight;
        tokens.built(newHeight);
    }

    /** An operand with its prefix operators and COLLATE. */
    Expr simple() {
        tokens.enter();
        int outer = tokens.open();
        Expr operand = parser.operands.prefixed();
        height = tokens.close(outer);
        tokens.leave();
        while (tokens.at("collate") && !(operand instanceof Expr.Interval)) {
            tokens.advance();
            operand = new Expr.Collate(operand, tokens.at("binary") ? word() : tokens.nameOrString());
            built(height + 1);
        }
        return operand;
    }

    private String word() {
        String word = tokens.word();
        tokens.advance();
        return word;
    }

    /** The level of the operator at the current token; 0 if it is none. */
    private int level() {
        return switch (tokens.token()) {
            case PIPE_PIPE -> tokens.modes().pipesAsConcat() ? CONCAT : OR;
            case AND_AND -> AND;
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> COMPARISON;
            case PIPE -> BIT_OR;
            case AMPERSAND -> BIT_AND;
            case SHIFT_LEFT, SHIFT_RIGHT -> SHIFT;
            case PLUS, MINUS -> ADD;
            case STAR, SLASH, PERCENT -> MULTIPLY;
            case CARET -> BIT_XOR;
            case WORD -> wordLevel();
            default -> 0;
        };
    }

    private int wordLevel() {
        if (tokens.isReserved()) {
            return switch (tokens.word()) {
                case "or" -> OR;
                case "xor" -> XOR;
                case "and" -> AND;
                case "is" -> COMPARISON;
                case "in", "like", "between", "regexp", "rlike" -> PREDICATE;
                case "not" -> negatedPredicate(tokens.peekWord()) ? PREDICATE : 0;
                case "div", "mod" -> MULTIPLY;
                default -> 0;
            };
        }
        return switch (tokens.word()) {
            case "member" -> tokens.peekWord().equals("of") ? PREDICATE : 0;
            case "sounds" -> tokens.peekWord().equals("like") ? PREDICATE : 0;
            default -> 0;
        };
    }

    private static boolean negatedPredicate(String word) {
        return switch (word) {
            case "in", "like", "between", "regexp", "rlike" -> true;
            default -> false;
        };
    }

    private Expr apply(int level, Expr left) {
        switch (level) {
            case OR:
                return new Expr.Or(operands(level, left));
            case AND:
                return new Expr.And(operands(level, left));
            case XOR:
                tokens.advance();
                return new Expr.Xor(left, climb(AND));
            case COMPARISON:
                return tokens.at("is") ? is(left) : comparison(left);
            case PREDICATE:
                return predicate(left);
            case CONCAT:
                tokens.advance();
                return Call.of("concat", left, climb(CONCAT + 1));
            default:
                return binary(level, left);
        }
    }

    private List<Expr> operands(int level, Expr left) {
        List<Expr> operands = new ArrayList<>(4);
        if (level == AND && left instanceof Expr.And and) {
            operands.addAll(and.operands());
        } else if (level == OR && left instanceof Expr.Or or) {
            operands.addAll(or.operands());
        } else {
            operands.add(left);
        }
        int highest = 0;
        while (level() == level) {
            tokens.advance();
            operands.add(climb(level + 1));
            highest = Math.max(highest, height);
        }
        height = highest;
        return operands;
    }

    private Expr binary(int level, Expr left) {
        BinaryOp op =
                switch (tokens.token()) {
                    case PIPE -> BinaryOp.BIT_OR;
                    case AMPERSAND -> BinaryOp.BIT_AND;
                    case SHIFT_LEFT -> BinaryOp.SHIFT_LEFT;
                    case SHIFT_RIGHT -> BinaryOp.SHIFT_RIGHT;
                    case PLUS -> BinaryOp.ADD;
                    case MINUS -> BinaryOp.SUBTRACT;
                    case STAR -> BinaryOp.MULTIPLY;
                    case SLASH -> BinaryOp.DIVIDE;
                    case PERCENT -> BinaryOp.MODULO;
                    case CARET -> BinaryOp.BIT_XOR;
                    default -> tokens.at("div") ? BinaryOp.INTEGER_DIVIDE : BinaryOp.MODULO;
                };
        tokens.advance();
        if (level == ADD && tokens.at("interval")) {
            parser.operands.expectInterval();
        }
        return new Expr.Binary(op, left, climb(level + 1));
    }

    private Expr is(Expr left) {
        tokens.advance();
        boolean negated = tokens.accept("not");
        IsTest test =
                switch (tokens.word()) {
                    case "null" -> IsTest.NULL;
                    case "true" -> IsTest.TRUE;
                    case "false" -> IsTest.FALSE;
                    case "unknown" -> IsTest.UNKNOWN;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        return new Expr.Is(negated, left, test);
    }

    private Expr comparison(Expr left) {
        ComparisonOp op =
                switch (tokens.token()) {
                    case EQUAL -> ComparisonOp.EQ;
                    case NULL_SAFE_EQUAL -> ComparisonOp.NULL_SAFE_EQ;
                    case NOT_EQUAL -> ComparisonOp.NE;
                    case LESS -> ComparisonOp.LT;
                    case LESS_EQUAL -> ComparisonOp.LE;
                    case GREATER -> ComparisonOp.GT;
                    default -> ComparisonOp.GE;
                };
        tokens.advance();
        boolean all = tokens.at("all");
        if ((all || tokens.atAny("any", "some")) && tokens.peek() == Token.LEFT_PAREN) {
            tokens.advance();
            return new Expr.Quantified(op, left, all, parser.operands.subquery());
        }
        return new Expr.Comparison(op, left, climb(PREDICATE));
    }

    private Expr predicate(Expr left) {
        boolean negated = tokens.accept("not");
        String word = tokens.word();
        tokens.advance();
        switch (word) {
            case "in":
                return new Expr.In(negated, left, inList());
            case "between":
                Expr low = climb(BIT_OR);
                int lowHeight = height;
                tokens.expect("and");
                Expr high = climb(PREDICATE);
                height = Math.max(lowHeight, height);
                return new Expr.Between(negated, left, low, high);
            case "like":
                return like(negated, left);
            case "regexp", "rlike":
                return new Expr.Like(LikeOp.REGEXP, negated, left, climb(BIT_OR), null);
            case "sounds":
                tokens.expect("like");
                return new Expr.Like(LikeOp.SOUNDS_LIKE, negated, left, climb(BIT_OR), null);
            default:
                tokens.expect("of");
                tokens.expect(Token.LEFT_PAREN);
                Expr array = expr();
                tokens.expect(Token.RIGHT_PAREN);
                return new Expr.MemberOf(left, array);
        }
    }

    private Expr like(boolean negated, Expr left) {
        Expr pattern = climb(CONCAT);
        if (!tokens.accept("escape")) {
            return new Expr.Like(LikeOp.LIKE, negated, left, pattern, null);
        }
        int patternHeight = height;
        Expr escape = simple();
        height = Math.max(patternHeight, height);
        return new Expr.Like(LikeOp.LIKE, negated, left, pattern, escape);
    }

    private Expr inList() {
        if (tokens.at(Token.LIST_BIND)) {
            return simple();
        }
        int outer = tokens.open();
        Expr list = parser.operands.parenthesised(true);
        height = tokens.close(outer);
        return list;
    }
}
