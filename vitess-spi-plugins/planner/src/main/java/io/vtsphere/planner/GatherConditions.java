package io.vtsphere.planner;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.IsTest;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.sql.ast.Windowed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the conditions of one query block by which fewer rows of its tables need to be gathered. The block itself keeps them all, so each is
 * only ever a shortcut: it may be left out, but must never drop a row that the block would use.
 */
final class GatherConditions {
    /** Functions whose value is another one each time, or that do something. */
    static final Set<String> VOLATILE = Set.of(
            "rand",
            "uuid",
            "uuid_short",
            "sleep",
            "benchmark",
            "load_file",
            "last_insert_id",
            "row_count",
            "found_rows",
            "connection_id",
            "random_bytes",
            "sysdate");

    private final Scope scope;
    private final Map<Occurrence, GatherLeaf> leaves;
    private final Set<GatherLeaf> block;
    private final List<Expr> membership = new ArrayList<>();

    /** @param leaves every table that is gathered, also those of blocks around this one */
    GatherConditions(Scope scope, Map<Occurrence, GatherLeaf> leaves, List<GatherLeaf> block) {
        this.scope = scope;
        this.leaves = leaves;
        this.block = new HashSet<>(block);
    }

    void where(@Nullable Expr condition) {
        for (Expr conjunct : Conjuncts.of(condition)) {
            place(conjunct, block);
            if (conjunct instanceof Expr.In || conjunct instanceof Expr.Exists) {
                membership.add(conjunct);
            }
        }
    }

    /**
     * The conditions of WHERE that a subquery has a row: only such rows matter whose column equals one of a table inside.
     *
     * @param scopes the scopes of all blocks, which are known only after the walk
     */
    void subqueries(Map<Query, Scope> scopes) {
        for (Expr conjunct : membership) {
            if (conjunct instanceof Expr.In in
                    && !in.negated()
                    && in.left() instanceof Expr.Column left
                    && in.right() instanceof Expr.Subquery right
                    && right.query() instanceof Select select) {
                Scope inner = scopes.get(select);
                boolean column = select.items().size() == 1
                        && select.items().get(0) instanceof SelectItem.Item item
                        && item.expr() instanceof Expr.Column;
                if (inner != null && column) {
                    Expr given = ((SelectItem.Item) select.items().get(0)).expr();
                    link(left, scope.resolve(left), inner.resolve((Expr.Column) given), block);
                }
            } else if (conjunct instanceof Expr.Exists exists && exists.query() instanceof Select select) {
                Scope inner = scopes.get(select);
                if (inner != null && Functions.ofResult(select).aggregates().isEmpty()) {
                    Conjuncts.of(select.where()).forEach(condition -> inside(condition, inner));
                }
            }
        }
    }

    /** An equality inside a subquery with a column of this block. */
    private void inside(Expr condition, Scope inner) {
        if (condition instanceof Expr.Comparison comparison
                && comparison.op() == ComparisonOp.EQ
                && comparison.left() instanceof Expr.Column left
                && comparison.right() instanceof Expr.Column right) {
            link(left, inner.resolve(left), inner.resolve(right), block);
            link(right, inner.resolve(right), inner.resolve(left), block);
        }
    }

    /** The conditions of joins: those of an outer one drop rows of its filled side only. */
    void joins(TableExpr expr) {
        if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(this::joins);
        } else if (expr instanceof TableExpr.Join join) {
            joins(join.left());
            joins(join.right());
            Set<GatherLeaf> dropped = new HashSet<>();
            if (join.kind() != JoinKind.LEFT) {
                collect(join.left(), dropped);
            }
            if (join.kind() != JoinKind.RIGHT) {
                collect(join.right(), dropped);
            }
            for (Expr conjunct : Conjuncts.of(join.on())) {
                place(conjunct, dropped);
            }
        }
    }

    private void collect(TableExpr expr, Set<GatherLeaf> into) {
        if (expr instanceof TableExpr.Join join) {
            collect(join.left(), into);
            collect(join.right(), into);
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(table -> collect(table, into));
        } else {
            block.stream().filter(leaf -> leaf.expr() == expr).forEach(into::add);
        }
    }

    private void place(Expr conjunct, Set<GatherLeaf> dropped) {
        if (conjunct instanceof Expr.Comparison comparison
                && comparison.op() == ComparisonOp.EQ
                && comparison.left() instanceof Expr.Column left
                && comparison.right() instanceof Expr.Column right) {
            link(left, scope.resolve(left), scope.resolve(right), dropped);
            link(right, scope.resolve(right), scope.resolve(left), dropped);
        }
        Set<Occurrence> used = new HashSet<>();
        if (!isRepeatable(conjunct, used) || used.size() != 1) {
            return;
        }
        GatherLeaf leaf = leaves.get(used.iterator().next());
        if (leaf != null && dropped.contains(leaf) && (!leaf.occurrence().nullable() || rejectsNull(conjunct))) {
            leaf.conditions().add(conjunct);
        }
    }

    /** @param column a column as a block wrote it, and what it means */
    private void link(Expr.Column column, @Nullable ColumnId own, @Nullable ColumnId theirs, Set<GatherLeaf> dropped) {
        if (own == null || theirs == null) {
            return;
        }
        GatherLeaf leaf = leaves.get(own.occurrence());
        GatherLeaf source = leaves.get(theirs.occurrence());
        if (leaf != null && source != null && leaf != source && dropped.contains(leaf)) {
            leaf.links().add(new GatherLeaf.Link(column, own, source, theirs.column()));
        }
    }

    /** Whether the function's value is another one each time, or calling it does something. */
    static boolean isVolatile(Call call) {
        return VOLATILE.contains(call.name());
    }

    /** Whether the condition gives the same on another tablet for the same row; {@code used} takes the tables of its columns. */
    private boolean isRepeatable(Expr conjunct, Set<Occurrence> used) {
        boolean[] repeatable = {true};
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Expr.Column column) {
                    ColumnId id = scope.resolve(column);
                    repeatable[0] &= id != null;
                    if (id != null) {
                        used.add(id.occurrence());
                    }
                } else if (node instanceof Call call) {
                    repeatable[0] &= call.schema() == null && !isVolatile(call);
                } else if (node instanceof Query
                        || node instanceof Aggregate
                        || node instanceof GroupConcat
                        || node instanceof Windowed
                        || node instanceof Expr.AssignVariable) {
                    repeatable[0] = false;
                }
                return repeatable[0];
            }
        }.walk(conjunct);
        return repeatable[0];
    }

    /** Whether the condition never holds for a row that an outer join filled with NULL. */
    private static boolean rejectsNull(Expr conjunct) {
        if (conjunct instanceof Expr.Comparison comparison) {
            return comparison.op() != ComparisonOp.NULL_SAFE_EQ
                    && (comparison.left() instanceof Expr.Column || comparison.right() instanceof Expr.Column);
        }
        if (conjunct instanceof Expr.In in) {
            return in.left() instanceof Expr.Column;
        }
        if (conjunct instanceof Expr.Between between) {
            return between.operand() instanceof Expr.Column;
        }
        if (conjunct instanceof Expr.Like like) {
            return like.left() instanceof Expr.Column;
        }
        return conjunct instanceof Expr.Is is
                && is.operand() instanceof Expr.Column
                && is.negated()
                && is.test() == IsTest.NULL;
    }
}
