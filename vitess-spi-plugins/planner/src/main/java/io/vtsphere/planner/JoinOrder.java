package io.vtsphere.planner;

import io.vtsphere.sql.ast.Select;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which order the parts of a join are read: first what its own conditions make small, then what a link leads to. */
final class JoinOrder {
    private final JoinParts parts;
    private final Select select;

    JoinOrder(JoinParts parts, Select select) {
        this.parts = parts;
        this.select = select;
    }

    /**
     * The order.
     *
     * @param sorted the part by which the rows are to be sorted, which saves sorting them where it comes first; or null
     */
    List<JoinSide> of(@Nullable JoinSide sorted) {
        List<JoinSide> core = new ArrayList<>(
                parts.sides().stream().filter(side -> !side.outer()).toList());
        JoinSide first = core.stream()
                .min(Comparator.comparingInt(this::rows)
                        .thenComparingInt(side -> side == sorted ? 0 : 1)
                        .thenComparingInt(side -> -leads(side)))
                .orElseThrow();
        List<JoinSide> order = new ArrayList<>(List.of(first));
        core.remove(first);
        while (!core.isEmpty()) {
            JoinSide next = core.stream()
                    .min(Comparator.comparingInt((JoinSide side) -> way(side, order))
                            .thenComparingInt(this::rows))
                    .orElseThrow();
            order.add(next);
            core.remove(next);
        }
        parts.sides().stream().filter(JoinSide::outer).forEach(order::add);
        return order;
    }

    /** A guess how many rows the part has by itself: 0 for what a vindex finds, up to 4 for whole tables. */
    private int rows(JoinSide side) {
        Primitive plan = parts.read(side.select(select, null));
        int unrestricted = side.conditions().isEmpty() ? 4 : 3;
        if (plan instanceof Primitive.VindexLookup lookup) {
            return lookup.routing().opcode() == Opcode.IN ? 2 : 1;
        }
        if (!(plan instanceof Primitive.Route route)) {
            return unrestricted;
        }
        return switch (route.routing().opcode()) {
            case EQUAL_UNIQUE, NONE -> 0;
            case EQUAL, SUB_SHARD -> 1;
            case IN, MULTI_EQUAL, BETWEEN -> 2;
            case UNSHARDED, REFERENCE -> side.hasEquality() ? 1 : unrestricted;
            default -> side.hasEquality() ? 2 : unrestricted;
        };
    }

    /** To how many other parts a vindex leads from this one. */
    private int leads(JoinSide side) {
        return (int) parts.links().stream()
                .filter(link -> link.touches(side) && link.other(side).isVindexColumn(link.of(link.other(side))))
                .count();
    }

    /** 0 where a vindex leads to the part from those before, 1 where some link does, 2 where none does. */
    private int way(JoinSide side, List<JoinSide> before) {
        int best = 2;
        for (JoinParts.Link link : parts.links()) {
            if (link.touches(side) && before.contains(link.other(side))) {
                best = Math.min(best, side.isVindexColumn(link.of(side)) ? 0 : 1);
            }
        }
        return best;
    }
}
