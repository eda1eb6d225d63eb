package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.topo.TableVSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which order tables are gathered: first those that conditions make small, then those that the rows of an earlier one reduce. */
final class GatherOrder {
    private final List<GatherLeaf> leaves;

    GatherOrder(List<GatherLeaf> leaves) {
        this.leaves = leaves;
    }

    /** A table, and the equality by which an earlier one reduces it, or null. */
    record Step(GatherLeaf leaf, GatherLeaf.@Nullable Link link) {}

    List<Step> inOrder() {
        List<GatherLeaf> rest = new ArrayList<>(leaves);
        Set<GatherLeaf> done = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        while (!rest.isEmpty()) {
            GatherLeaf next = rest.stream()
                    .min(Comparator.comparingInt(leaf -> size(leaf) * 2 - (link(leaf, done) == null ? 0 : 3)))
                    .orElseThrow();
            steps.add(new Step(next, link(next, done)));
            rest.remove(next);
            done.add(next);
        }
        return steps;
    }

    /** The tables that rows of the first reduce, and those that these reduce. */
    List<Step> after(GatherLeaf first) {
        Set<GatherLeaf> done = new HashSet<>(Set.of(first));
        List<Step> steps = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (GatherLeaf leaf : leaves) {
                GatherLeaf.Link link = done.contains(leaf) ? null : link(leaf, done);
                if (link != null) {
                    steps.add(new Step(leaf, link));
                    done.add(leaf);
                    more = true;
                }
            }
        }
        return steps;
    }

    /** A guess: 0 for what the vindex finds by values, 1 with conditions, 2 for a whole table. */
    private static int size(GatherLeaf leaf) {
        if (leaf.conditions().isEmpty()) {
            return 2;
        }
        Facts facts = facts(leaf, leaf.conditions());
        return component(leaf).isFixed(facts) ? 0 : 1;
    }

    /** Of the equalities with tables that are done, one on a vindex column before others. */
    private static GatherLeaf.@Nullable Link link(GatherLeaf leaf, Set<GatherLeaf> done) {
        GatherLeaf.Link found = null;
        for (GatherLeaf.Link link : leaf.links()) {
            if (done.contains(link.source()) && (found == null || isVindexColumn(leaf, link))) {
                found = link;
            }
        }
        return found;
    }

    private static boolean isVindexColumn(GatherLeaf leaf, GatherLeaf.Link link) {
        return leaf.table().columnVindexes().stream()
                .anyMatch(vindex -> vindex.columns().size() == 1
                        && vindex.columns().get(0).equalsIgnoreCase(link.id().column()));
    }

    private static Component component(GatherLeaf leaf) {
        return Component.of(leaf.occurrence(), leaf.table());
    }

    private static Facts facts(GatherLeaf leaf, List<Expr> conditions) {
        Facts facts = new Facts();
        Conjuncts conjuncts = new Conjuncts(leaf.scope(), facts);
        conditions.forEach(conjuncts::add);
        return facts;
    }

    /**
     * The shards with those rows of the table that fulfil the conditions.
     *
     * @param lookups whether a lookup table may be asked first
     */
    static RouteOption option(GatherLeaf leaf, List<Expr> conditions, Tables tables, boolean lookups) {
        TableVSchema table = leaf.table();
        Facts facts = facts(leaf, conditions);
        return switch (leaf.source().kind()) {
            case SHARDED ->
                lookups
                        ? RouteOption.bestWithLookups(component(leaf), facts)
                        : RouteOption.best(component(leaf), facts);
            case PINNED ->
                RouteOption.best(
                        Component.pinned(
                                leaf.occurrence(), table, tables.pinVindex(table.keyspace()), facts, Tables.pin(table)),
                        facts);
            case REFERENCE -> fixed(Opcode.REFERENCE, table);
            case UNSHARDED -> fixed(Opcode.UNSHARDED, table);
            case DUAL, SYSTEM -> throw new IllegalStateException("no rows to gather: " + table);
        };
    }

    private static RouteOption fixed(Opcode opcode, TableVSchema table) {
        return new RouteOption(
                Routing.of(opcode, table.keyspace(), table.sharded()), false, Integer.MAX_VALUE, List.of());
    }
}
