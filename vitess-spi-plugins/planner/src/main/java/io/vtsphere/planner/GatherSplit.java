package io.vtsphere.planner;

import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a query over gathered rows may be answered a part of one table's rows at a time.
 *
 * <p>A join, with what stands in WHERE, gives for every row of a table its own rows, provided that the table stands in the query's own FROM and no
 * outer join fills it: what it gives for all rows is the sum of what it gives for each. Sorting, limiting, distinct rows and the aggregates of such
 * sums are what {@link ScatterSelect} makes of shards' rows, and refuses where it cannot.
 */
final class GatherSplit {
    /** Functions whose value depends on when they are called: one MySQL calls them in one statement. */
    private static final Set<String> TIMES = Set.of(
            "now",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "curdate",
            "current_date",
            "curtime",
            "current_time",
            "utc_date",
            "utc_time",
            "utc_timestamp",
            "unix_timestamp");

    private final Select named;
    private final Scope scope;
    private final List<GatherLeaf> leaves;
    private Primitive.@Nullable Route made;

    /**
     * @param named the query over gathered rows under their names
     * @param scope what its columns mean
     */
    GatherSplit(Select named, Scope scope, List<GatherLeaf> leaves) {
        this.named = named;
        this.scope = scope;
        this.leaves = leaves;
    }

    /** The plan for parts, where {@code reads} makes the query of one; null where there is none. */
    @Nullable
    GatherParts parts(ScatterSelect.Reads reads) {
        List<GatherParts.Split> split = leaves.stream()
                .filter(leaf -> leaf.outermost() && !leaf.occurrence().nullable())
                .map(leaf -> new GatherParts.Split(leaf.name(), reductions(leaf)))
                .toList();
        if (split.isEmpty() || !isRepeatable()) {
            return null;
        }
        // Nothing is known of which rows are in which part: nothing is kept together.
        Component component = new Component("");
        Block block = new Block(named, scope, new Facts(), List.of(component));
        try {
            Primitive merge = new ScatterSelect(block, component, (sent, orderBy, resultColumns, rowWithoutInput) -> {
                        Primitive.Route route =
                                (Primitive.Route) reads.of(sent, orderBy, resultColumns, rowWithoutInput);
                        made = route;
                        return route;
                    })
                    .plan();
            return made == null ? null : new GatherParts(split, made, merge);
        } catch (VtException refusal) {
            if (refusal.state() == State.NOT_SUPPORTED_YET) {
                return null;
            }
            throw refusal;
        }
    }

    private List<GatherParts.Reduction> reductions(GatherLeaf first) {
        List<GatherParts.Reduction> reductions = new ArrayList<>();
        for (GatherOrder.Step step : new GatherOrder(leaves).after(first)) {
            GatherLeaf.Link link = step.link();
            if (link != null) {
                reductions.add(new GatherParts.Reduction(
                        step.leaf().name(), link.id().column(), link.source().name(), link.sourceColumn()));
            }
        }
        return reductions;
    }

    /** Whether asking the query several times gives what asking once gives. */
    private boolean isRepeatable() {
        boolean[] repeatable = {true};
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Call call) {
                    repeatable[0] &= call.schema() == null
                            && !GatherConditions.VOLATILE.contains(call.name())
                            && !TIMES.contains(call.name());
                } else if (node instanceof Expr.AssignVariable) {
                    repeatable[0] = false;
                }
                return repeatable[0];
            }
        }.walk(named);
        return repeatable[0];
    }
}
