package io.vtsphere.planner;

import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.IsTest;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the tables of a block into parts that shards answer: those that lie together and are tied to each other. Used once. */
final class JoinParts {
    private final Tables tables;
    private final Select select;
    private final JoinBlock block;
    private final List<JoinSide> sides = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** {@code left = right}, columns of two parts. */
    record Link(JoinSide leftSide, Expr left, JoinSide rightSide, Expr right) {
        boolean touches(JoinSide side) {
            return leftSide == side || rightSide == side;
        }

        JoinSide other(JoinSide side) {
            return leftSide == side ? rightSide : leftSide;
        }

        Expr of(JoinSide side) {
            return leftSide == side ? left : right;
        }
    }

    private JoinParts(Tables tables, Select select, JoinBlock block) {
        this.tables = tables;
        this.select = select;
        this.block = block;
    }

    /** The parts; null where some condition is neither one part's alone nor a link. */
    static @Nullable JoinParts of(Tables tables, Select select, JoinBlock block) {
        JoinParts parts = new JoinParts(tables, select, block);
        block.core().forEach(leaf -> parts.sides.add(new JoinSide(block, leaf.expr(), List.of(leaf), false)));
        parts.together();
        boolean exact = parts.outer() && parts.conditions() && parts.sides.size() > 1;
        return exact ? parts : null;
    }

    /** The parts of the core, then those that outer joins add, in their order. */
    List<JoinSide> sides() {
        return sides;
    }

    List<Link> links() {
        return links;
    }

    @Nullable
    JoinSide sideOf(Set<JoinLeaf> leaves) {
        return sides.stream().filter(side -> side.holds(leaves)).findFirst().orElse(null);
    }

    /** Reads those together that the same shards have, and a condition ties. */
    private void together() {
        boolean again = true;
        while (again) {
            again = false;
            for (int i = 0; i < sides.size() && !again; i++) {
                for (int j = i + 1; j < sides.size() && !again; j++) {
                    again = merge(sides.get(i), sides.get(j));
                }
            }
        }
    }

    private boolean merge(JoinSide one, JoinSide other) {
        Set<JoinLeaf> both = new HashSet<>(one.leaves());
        both.addAll(other.leaves());
        List<Expr> inside = new ArrayList<>();
        boolean tied = false;
        for (Expr condition : block.conditions()) {
            Set<JoinLeaf> used = block.leaves(condition);
            if (used != null && both.containsAll(used)) {
                inside.add(condition);
                tied |= !one.holds(used) && !other.holds(used);
            }
        }
        TableExpr joined = new TableExpr.Join(JoinKind.INNER, one.from(), other.from(), null, List.of());
        if (!tied || !isRead(joined, both, inside)) {
            return false;
        }
        one.join(joined, other.leaves());
        sides.remove(other);
        return true;
    }

    private boolean isRead(TableExpr from, Set<JoinLeaf> leaves, List<Expr> conditions) {
        JoinSide trial = new JoinSide(block, from, leaves, false);
        trial.conditions().addAll(conditions);
        return read(trial.select(select, null)) != null;
    }

    /** The plan that shards answer without more; else null. */
    @Nullable
    Primitive read(Select part) {
        Tables own = tables.forAnother();
        Primitive plan;
        try {
            plan = new QueryPlanner(new Planning(own, TableScan.of(part, own))).pushed(part);
        } catch (VtException refusal) {
            if (refusal.state() == State.NOT_SUPPORTED_YET) {
                return null;
            }
            throw refusal;
        }
        return isRead(plan) || (plan instanceof Primitive.Limit limit && isRead(limit.input())) ? plan : null;
    }

    private static boolean isRead(Primitive plan) {
        return plan instanceof Primitive.Route || plan instanceof Primitive.VindexLookup;
    }

    /** Outer joins go with a part where its shards have their tables too; others become parts. */
    private boolean outer() {
        for (JoinBlock.Outer outer : block.outers()) {
            if (!joinsPart(outer) && !addPart(outer)) {
                return false;
            }
        }
        return true;
    }

    private boolean joinsPart(JoinBlock.Outer outer) {
        for (JoinSide side : sides) {
            Set<JoinLeaf> both = new HashSet<>(side.leaves());
            both.addAll(outer.leaves());
            boolean own = !outer.on().isEmpty();
            boolean rejects = !side.outer();
            for (Expr condition : outer.on()) {
                Set<JoinLeaf> used = block.leaves(condition);
                own &= used != null && both.containsAll(used);
                rejects |= block.rejectsNull(condition, side.leaves());
            }
            Expr on = outer.on().isEmpty()
                    ? null
                    : outer.on().size() == 1 ? outer.on().get(0) : new Expr.And(outer.on());
            TableExpr joined = new TableExpr.Join(JoinKind.LEFT, side.from(), outer.expr(), on, List.of());
            if (own && rejects && isRead(joined, both, inside(side))) {
                side.join(joined, outer.leaves());
                return true;
            }
        }
        return false;
    }

    private List<Expr> inside(JoinSide side) {
        if (side.outer()) {
            return side.conditions();
        }
        List<Expr> inside = new ArrayList<>();
        for (Expr condition : block.conditions()) {
            Set<JoinLeaf> used = block.leaves(condition);
            if (used != null && !used.isEmpty() && side.holds(used)) {
                inside.add(condition);
            }
        }
        return inside;
    }

    private boolean addPart(JoinBlock.Outer outer) {
        JoinSide side = new JoinSide(block, outer.expr(), outer.leaves(), true);
        sides.add(side);
        for (Expr condition : outer.on()) {
            Set<JoinLeaf> used = block.leaves(condition);
            if (used != null && side.holds(used)) {
                side.conditions().add(condition);
                continue;
            }
            JoinSide other = used == null ? null : sideOf(used);
            if (other != null && !other.outer()) {
                side.guards().add(new JoinSide.Guard(other, condition));
                continue;
            }
            Link link = link(condition);
            if (link == null || !link.touches(side)) {
                return false;
            }
            links.add(link);
        }
        return true;
    }

    private boolean conditions() {
        for (Expr condition : block.conditions()) {
            Set<JoinLeaf> used = block.leaves(condition);
            JoinSide side = used == null ? null : sideOf(used);
            if (side != null && !side.outer()) {
                side.conditions().add(condition);
                continue;
            }
            Expr column = side == null ? null : isNull(condition);
            if (side != null && column != null) {
                side.nulls().add(column);
                continue;
            }
            Link link = link(condition);
            if (side != null
                    || link == null
                    || link.leftSide().outer()
                    || link.rightSide().outer()) {
                return false;
            }
            links.add(link);
        }
        return true;
    }

    /** The column that must be NULL; null for another condition. */
    private static @Nullable Expr isNull(Expr condition) {
        return condition instanceof Expr.Is is
                        && !is.negated()
                        && is.test() == IsTest.NULL
                        && is.operand() instanceof Expr.Column
                ? is.operand()
                : null;
    }

    private @Nullable Link link(Expr condition) {
        if (!(condition instanceof Expr.Comparison comparison)
                || comparison.op() != ComparisonOp.EQ
                || !(comparison.left() instanceof Expr.Column left)
                || !(comparison.right() instanceof Expr.Column right)) {
            return null;
        }
        JoinLeaf leftLeaf = block.leaf(left);
        JoinLeaf rightLeaf = block.leaf(right);
        JoinSide leftSide = leftLeaf == null ? null : sideOf(Set.of(leftLeaf));
        JoinSide rightSide = rightLeaf == null ? null : sideOf(Set.of(rightLeaf));
        return leftSide != null
                        && rightSide != null
                        && leftSide != rightSide
                        && JoinTypes.mayBeLinked(leftSide.known(left), rightSide.known(right))
                ? new Link(leftSide, left, rightSide, right)
                : null;
    }
}
