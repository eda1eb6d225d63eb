package io.vtsphere.shardingsphere.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the shards that a host has chosen hold all rows that a statement needs, where it has left some out. Confined to one check.
 *
 * <p>The host joins the conditions of all blocks of a statement into one, so that more than one block has to be about the same values.
 */
final class Reach {
    private final Blocks blocks;
    private final Links links;
    private final Conditions conditions;
    private final Map<Block, List<Conditions.Pin>> pins = new HashMap<>();

    Reach(Blocks blocks, Links links, Conditions conditions) {
        this.blocks = blocks;
        this.links = links;
        this.conditions = conditions;
    }

    /** The construct that makes the host miss a shard; null if none does. */
    @Nullable
    String missed() {
        List<Block> sharded = new ArrayList<>();
        for (Block block : blocks.all()) {
            String reason = conditions.unsound(block);
            if (reason != null) {
                return reason;
            }
            if (!block.shardedRefs().isEmpty()) {
                sharded.add(block);
                pins.put(block, pinsOf(block));
            }
        }
        List<Ref> refs = blocks.shardedRefs();
        boolean together = links.apart(refs) == null;
        boolean unsharded = blocks.readsUnsharded();
        if (sharded.size() == 1 && together && !unsharded) {
            return null;
        }
        for (Block block : sharded) {
            for (Ref ref : block.shardedRefs()) {
                if (!anchored(ref, block)) {
                    return sharded.size() == 1
                            ? unsharded
                                    ? "sharded tables beside unsharded ones"
                                    : "a join other than on the sharding columns"
                            : "a subquery or UNION that does not name the sharding columns of table " + ref.table;
                }
            }
        }
        return sameValues(together) ? null : "different values of sharding columns in one statement";
    }

    private List<Conditions.Pin> pinsOf(Block block) {
        List<Conditions.Pin> found = new ArrayList<>();
        block.conjuncts.forEach(each -> {
            Conditions.Pin pin = conditions.pin(each, block);
            if (pin != null && block.refs.contains(pin.ref())) {
                found.add(pin);
            }
        });
        return found;
    }

    private boolean anchored(Ref ref, Block block) {
        for (Block at = block; at != null; at = at.parent) {
            List<Conditions.Pin> of = pins.getOrDefault(at, List.of());
            for (Ref other : at.shardedRefs()) {
                if (links.together(ref, other) && pinned(other, of)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean pinned(Ref ref, List<Conditions.Pin> of) {
        ShardedTable table = ref.sharded;
        return table != null
                && !table.columns().isEmpty()
                && table.columns().stream().allMatch(column -> of.stream()
                        .anyMatch(pin -> pin.ref() == ref && pin.column().equals(column)));
    }

    private boolean sameValues(boolean together) {
        Map<Integer, Set<Set<Constant>>> byPosition = new HashMap<>();
        Set<String> groups = new HashSet<>();
        for (List<Conditions.Pin> of : pins.values()) {
            for (Conditions.Pin pin : of) {
                ShardedTable table = pin.ref().sharded;
                if (table != null) {
                    groups.add(table.group());
                    byPosition
                            .computeIfAbsent(table.columns().indexOf(pin.column()), any -> new HashSet<>())
                            .add(pin.values());
                }
            }
        }
        return groups.size() <= 1
                && byPosition.values().stream()
                        .allMatch(sets -> sets.size() == 1
                                && (together || sets.iterator().next().size() == 1));
    }
}
