package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts the entries of a join's select list into the lists of its parts. Used once. */
final class JoinList {
    private final JoinBlock block;
    private final JoinParts parts;
    private final JoinSide constants;
    private final List<Run> runs = new ArrayList<>();

    /** Neighbouring columns of the result that are of one part, by their places there. */
    record Run(JoinSide side, int first, int last) {}

    private record Entry(JoinSide side, SelectItem item) {}

    /** @param constants the part that gives what is no table's */
    JoinList(JoinBlock block, JoinParts parts, JoinSide constants) {
        this.block = block;
        this.parts = parts;
        this.constants = constants;
    }

    /** The columns of the result in their order; empty where some entry is not one part's, or where it cannot be told which columns are. */
    List<Run> of(Select select) {
        List<Entry> entries = new ArrayList<>();
        for (SelectItem item : select.items()) {
            if (!enter(item, entries)) {
                return List.of();
            }
        }
        for (int i = 0; i < entries.size(); ) {
            int end = i;
            while (end < entries.size()
                    && entries.get(end).side() == entries.get(i).side()) {
                end++;
            }
            if (!run(entries.subList(i, end))) {
                return List.of();
            }
            i = end;
        }
        return runs;
    }

    private boolean enter(SelectItem item, List<Entry> into) {
        if (item instanceof SelectItem.Star star) {
            for (JoinLeaf leaf : block.leaves()) {
                boolean meant = star.table() == null || leaf.name().equals(star.table()) && leaf.isIn(star.keyspace());
                JoinSide side = meant ? parts.sideOf(Set.of(leaf)) : null;
                if (side != null) {
                    into.add(new Entry(side, new SelectItem.Star(null, leaf.name())));
                }
            }
            return star.table() == null || block.named(star.table()) != null;
        }
        Set<JoinLeaf> used = item instanceof SelectItem.Item entry ? block.leaves(entry.expr()) : null;
        if (used == null) {
            return false;
        }
        JoinSide side = used.isEmpty() ? constants : parts.sideOf(used);
        if (side == null || side.outer() && !(((SelectItem.Item) item).expr() instanceof Expr.Column)) {
            return false;
        }
        into.add(new Entry(side, item));
        return true;
    }

    private boolean run(List<Entry> entries) {
        JoinSide side = entries.get(0).side();
        int first = Integer.MAX_VALUE;
        int last = 0;
        boolean star = false;
        for (Entry entry : entries) {
            last = side.add(entry.item());
            first = Math.min(first, last);
            star |= entry.item() instanceof SelectItem.Star;
        }
        runs.add(new Run(side, first, last));
        return !star || side.starred(first, last);
    }
}
