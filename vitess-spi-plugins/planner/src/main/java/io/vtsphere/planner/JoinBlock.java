package io.vtsphere.planner;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.IsTest;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.Match;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.sql.ast.Windowed;
import io.vtsphere.topo.TableVSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The FROM clause of a block as a core of tables under conditions that all must hold, and outer joins to it, one after the other. Used while
 * one statement is planned.
 *
 * <p>{@code (a left join b on p) join c on q} is taken as {@code (a join c) left join b on p where q}, which gives the same rows. An outer
 * join whose filled rows a condition drops is an inner one.
 */
final class JoinBlock {
    private final Tables tables;
    private final List<JoinLeaf> leaves = new ArrayList<>();
    private final List<JoinLeaf> core = new ArrayList<>();
    private final List<Outer> outers = new ArrayList<>();
    private final List<Expr> conditions = new ArrayList<>();
    private boolean refused;

    /** A table expression with its tables, which an outer join may fill up with NULL. */
    record Outer(TableExpr expr, List<JoinLeaf> leaves, List<Expr> on) {}

    private JoinBlock(Tables tables) {
        this.tables = tables;
    }

    /** The block; null where its tables or joins are of other kinds. */
    static @Nullable JoinBlock of(List<TableExpr> from, @Nullable Expr where, Tables tables) {
        JoinBlock block = new JoinBlock(tables);
        from.forEach(block::declare);
        from.forEach(block::flatten);
        block.conditions.addAll(Conjuncts.of(where));
        if (block.refused || block.leaves.size() < 2 || block.namesTwice()) {
            return null;
        }
        block.simplify();
        return block.refused ? null : block;
    }

    /** All tables in the order of the text. */
    List<JoinLeaf> leaves() {
        return leaves;
    }

    List<JoinLeaf> core() {
        return core;
    }

    List<Outer> outers() {
        return outers;
    }

    /** What every row of the result fulfils. */
    List<Expr> conditions() {
        return conditions;
    }

    private boolean namesTwice() {
        return leaves.stream().map(JoinLeaf::name).distinct().count() < leaves.size();
    }

    private void declare(TableExpr expr) {
        if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(this::declare);
        } else if (expr instanceof TableExpr.Join join) {
            declare(join.left());
            declare(join.right());
        } else if (expr instanceof TableExpr.Derived derived && !derived.lateral()) {
            leaves.add(new JoinLeaf(expr, derived.alias(), null));
        } else if (expr instanceof TableExpr.Table table) {
            TableVSchema vschema = tables.source(table.name()).table();
            refused |= vschema == null;
            leaves.add(new JoinLeaf(
                    expr,
                    table.exposedName(),
                    vschema == null
                            ? null
                            : Occurrence.of(
                                    vschema, table.exposedName(), false, VindexHint.of(table.hints(), vschema))));
        } else {
            refused = true;
        }
    }

    private void flatten(TableExpr expr) {
        if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(this::flatten);
        } else if (expr instanceof TableExpr.Join join) {
            refused |= !join.using().isEmpty();
            if (join.kind() == JoinKind.LEFT) {
                flatten(join.left());
                outers.add(new Outer(join.right(), leavesIn(join.right()), Conjuncts.of(join.on())));
            } else if (join.kind() == JoinKind.RIGHT) {
                flatten(join.right());
                outers.add(new Outer(join.left(), leavesIn(join.left()), Conjuncts.of(join.on())));
            } else {
                refused |= join.kind() != JoinKind.INNER && join.kind() != JoinKind.STRAIGHT;
                flatten(join.left());
                flatten(join.right());
                conditions.addAll(Conjuncts.of(join.on()));
            }
        } else {
            core.addAll(leavesIn(expr));
        }
    }

    private List<JoinLeaf> leavesIn(TableExpr expr) {
        List<JoinLeaf> found = new ArrayList<>();
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                leaves.stream().filter(leaf -> leaf.expr() == node).forEach(found::add);
                return !(node instanceof Query);
            }
        }.walk(expr);
        return found;
    }

    /** Makes inner joins of the outer ones whose filled rows no condition lets through. */
    private void simplify() {
        for (int i = outers.size() - 1; i >= 0; i--) {
            Outer outer = outers.get(i);
            if (conditions.stream().anyMatch(condition -> rejectsNull(condition, outer.leaves()))) {
                outers.remove(i);
                conditions.addAll(outer.on());
                int before = outers.size();
                flatten(outer.expr());
                List<Outer> inside = new ArrayList<>(outers.subList(before, outers.size()));
                outers.subList(before, outers.size()).clear();
                outers.addAll(i, inside);
                i = outers.size();
            }
        }
    }

    /** Whether the condition never holds for a row in which all columns of these tables are NULL. */
    boolean rejectsNull(Expr condition, Collection<JoinLeaf> filled) {
        if (condition instanceof Expr.Comparison comparison) {
            return comparison.op() != ComparisonOp.NULL_SAFE_EQ
                    && (isOf(comparison.left(), filled) || isOf(comparison.right(), filled));
        }
        if (condition instanceof Expr.In in) {
            return isOf(in.left(), filled);
        }
        if (condition instanceof Expr.Between between) {
            return isOf(between.operand(), filled);
        }
        if (condition instanceof Expr.Like like) {
            return isOf(like.left(), filled);
        }
        return condition instanceof Expr.Is is
                && is.negated()
                && is.test() == IsTest.NULL
                && isOf(is.operand(), filled);
    }

    private boolean isOf(Expr expr, Collection<JoinLeaf> of) {
        JoinLeaf leaf = expr instanceof Expr.Column column ? leaf(column) : null;
        return leaf != null && of.contains(leaf);
    }

    /** The table that the column is of; null when that is not certain. */
    @Nullable
    JoinLeaf leaf(Expr.Column column) {
        List<JoinLeaf> found = new ArrayList<>();
        for (JoinLeaf leaf : leaves) {
            boolean meant = column.table() == null
                    ? leaf.knows(column.name())
                    : leaf.name().equals(column.table()) && leaf.isIn(column.keyspace());
            if (meant) {
                found.add(leaf);
            }
        }
        boolean sure = column.table() != null || leaves.stream().allMatch(JoinLeaf::listsAllColumns);
        return sure && found.size() == 1 ? found.get(0) : null;
    }

    /** The column as one of a table; null when that is not certain, or when it is a derived table's. */
    @Nullable
    ColumnId column(Expr expr) {
        JoinLeaf leaf = expr instanceof Expr.Column column ? leaf(column) : null;
        Occurrence occurrence = leaf == null ? null : leaf.occurrence();
        return occurrence == null ? null : occurrence.column(((Expr.Column) expr).name());
    }

    /** The tables whose columns the expression has; null when that is not certain, or where the gate could not say when it is computed. */
    @Nullable
    Set<JoinLeaf> leaves(Expr expr) {
        Set<JoinLeaf> used = new LinkedHashSet<>();
        boolean[] plain = {true};
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Expr.Column column) {
                    JoinLeaf leaf = leaf(column);
                    plain[0] &= leaf != null;
                    used.add(leaf == null ? leaves.get(0) : leaf);
                } else if (node instanceof Call call) {
                    plain[0] &= call.schema() == null && !GatherConditions.isVolatile(call);
                } else if (node instanceof Query
                        || node instanceof Aggregate
                        || node instanceof GroupConcat
                        || node instanceof Windowed
                        || node instanceof Expr.Default
                        || node instanceof Match
                        || node instanceof Expr.AssignVariable) {
                    plain[0] = false;
                }
                return plain[0];
            }
        }.walk(expr);
        return plain[0] ? used : null;
    }

    /** The table that a select list's {@code name.*} means; null when there is none. */
    @Nullable
    JoinLeaf named(String name) {
        return leaves.stream()
                .filter(leaf -> leaf.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
