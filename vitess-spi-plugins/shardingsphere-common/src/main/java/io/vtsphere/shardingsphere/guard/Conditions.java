package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Walker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the host, which looks for values of sharding columns in conditions, finds at least the shards that are meant.
 *
 * <p>It reads what it knows without regard to NOT, joins and blocks, and skips what it does not know. Confined to one check.
 */
final class Conditions {
    private static final String EXPRESSION = "an expression over a sharding column";

    private final Host host;
    private final List<?> parameters;
    /** By column of a table: the types of all values that it is compared with. */
    private final Map<Ref, Map<String, Set<String>>> types = new HashMap<>();

    Conditions(Host host, List<?> parameters) {
        this.host = host;
        this.parameters = parameters;
    }

    /** The construct that the host reads wrong; null if there is none. */
    @Nullable
    String unsound(Block block) {
        for (Expr conjunct : block.conjuncts) {
            String reason = unsound(conjunct, block);
            if (reason != null) {
                return reason;
            }
        }
        for (Expr conjunct : block.outer) {
            if (!(conjunct instanceof Expr.Comparison comparison && isLink(comparison)) && mentions(conjunct, block)) {
                return "a condition on a sharding column in ON of an outer join";
            }
        }
        for (Map<String, Set<String>> columns : types.values()) {
            for (Map.Entry<String, Set<String>> column : columns.entrySet()) {
                if (column.getValue().size() > 1) {
                    return "values of different types for the sharding column " + column.getKey();
                }
            }
        }
        return null;
    }

    private @Nullable String unsound(Expr expr, Block block) {
        if (!mentions(expr, block)) {
            return null;
        }
        if (expr instanceof Expr.And and) {
            return any(and.operands(), block);
        }
        if (expr instanceof Expr.Or or) {
            return any(or.operands(), block);
        }
        if (expr instanceof Expr.Comparison comparison) {
            return comparison(comparison, block);
        }
        if (expr instanceof Expr.In in) {
            if (in.negated()) {
                return "NOT IN of a sharding column";
            }
            return in.left() instanceof Expr.Column column && in.right() instanceof Expr.Tuple tuple
                    ? values(column, tuple.elements(), block, "IN of a sharding column with an expression")
                    : "IN of a sharding column with a row or a subquery";
        }
        if (expr instanceof Expr.Between between) {
            if (between.negated()) {
                return "NOT BETWEEN of a sharding column";
            }
            return between.operand() instanceof Expr.Column column
                    ? values(
                            column,
                            List.of(between.low(), between.high()),
                            block,
                            "BETWEEN of a sharding column with an expression")
                    : EXPRESSION;
        }
        if (expr instanceof Expr.Is is && is.operand() instanceof Expr.Column
                || expr instanceof Expr.Like like && like.left() instanceof Expr.Column) {
            return null;
        }
        return expr instanceof Expr.Not ? "NOT over a sharding column" : EXPRESSION;
    }

    private @Nullable String any(List<Expr> operands, Block block) {
        for (Expr operand : operands) {
            String reason = unsound(operand, block);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private @Nullable String comparison(Expr.Comparison comparison, Block block) {
        if (isLink(comparison) || comparison.op() == ComparisonOp.NE || comparison.op() == ComparisonOp.NULL_SAFE_EQ) {
            return null;
        }
        if (comparison.left() instanceof Expr.Column column) {
            return values(column, List.of(comparison.right()), block, "a sharding column compared with an expression");
        }
        if (comparison.op() == ComparisonOp.EQ && comparison.right() instanceof Expr.Column column) {
            return values(column, List.of(comparison.left()), block, "a sharding column compared with an expression");
        }
        return comparison.right() instanceof Expr.Column
                ? "a sharding column on the right of " + comparison.op().text()
                : EXPRESSION;
    }

    private @Nullable String values(Expr.Column column, List<Expr> values, Block block, String otherwise) {
        Ref ref = block.shardedBy(column);
        for (Expr value : values) {
            Constant constant = Constant.of(value, host, parameters);
            if (constant == null) {
                return otherwise;
            }
            if (ref != null) {
                types.computeIfAbsent(ref, any -> new HashMap<>())
                        .computeIfAbsent(Block.lower(column.name()), any -> new HashSet<>())
                        .add(constant.type());
            }
        }
        return null;
    }

    /** {@code a.x = b.y}. */
    static boolean isLink(Expr.Comparison comparison) {
        return comparison.op() == ComparisonOp.EQ
                && comparison.left() instanceof Expr.Column
                && comparison.right() instanceof Expr.Column;
    }

    /** The values that a conjunct leaves for a sharding column; null when it is not of that kind. */
    @Nullable
    Pin pin(Expr conjunct, Block block) {
        Expr left;
        List<Expr> values;
        if (conjunct instanceof Expr.Comparison comparison && comparison.op() == ComparisonOp.EQ) {
            boolean turned = !(comparison.left() instanceof Expr.Column);
            left = turned ? comparison.right() : comparison.left();
            values = List.of(turned ? comparison.left() : comparison.right());
        } else if (conjunct instanceof Expr.In in && !in.negated() && in.right() instanceof Expr.Tuple tuple) {
            left = in.left();
            values = tuple.elements();
        } else {
            return null;
        }
        Ref ref = left instanceof Expr.Column column ? block.shardedBy(column) : null;
        if (ref == null) {
            return null;
        }
        List<Constant> constants = new ArrayList<>();
        for (Expr value : values) {
            Constant constant = Constant.of(value, host, parameters);
            if (constant == null) {
                return null;
            }
            constants.add(constant);
        }
        return new Pin(ref, Block.lower(((Expr.Column) left).name()), Set.copyOf(constants));
    }

    /** A table's sharding column has one of those values in every row of a block. */
    record Pin(Ref ref, String column, Set<Constant> values) {}

    /** Queries inside are blocks of their own. */
    private static boolean mentions(Expr expr, Block block) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Expr.Column column && block.shardedBy(column) != null) {
                    found[0] = true;
                }
                return !found[0] && !(node instanceof Expr.Subquery) && !(node instanceof Expr.Exists);
            }
        }.walk(expr);
        return found[0];
    }
}
