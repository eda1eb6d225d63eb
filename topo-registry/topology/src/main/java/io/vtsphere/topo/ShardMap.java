package io.vtsphere.topo;

import io.vitess.proto.Topodata;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.ShardIndex;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shards of one keyspace for one tablet type, in the order of the SrvKeyspace record, and the search for a keyspace id among them.
 *
 * <p>Immutable and thread-safe; no method allocates on the way to a single shard. Source of rules and texts: Vitess' {@code
 * go/vt/key/key.go} and {@code go/vt/srvtopo/resolver.go}.
 */
public final class ShardMap {
    private static final byte[] UNBOUNDED = {};

    private final String keyspace;
    private final List<ShardRef> shards;
    private final Map<String, ShardRef> byName;
    private final Set<String> disabled;
    private final @Nullable String fault;
    private final ShardIndex index;

    ShardMap(String keyspace, List<ShardRef> shards, Set<String> queryServiceDisabled) {
        this.keyspace = keyspace;
        this.shards = List.copyOf(shards);
        this.byName = new TreeMap<>(
                shards.stream().collect(Collectors.toMap(ShardRef::name, shard -> shard, (first, second) -> first)));
        this.disabled = Set.copyOf(queryServiceDisabled);
        this.index = ShardIndex.of(this.shards.stream()
                .map(shard -> shard.keyRange() == null ? KeyRange.complete() : shard.keyRange())
                .toList());
        this.fault =
                this.shards.isEmpty() ? "no shard in keyspace" : index.fault().orElse(null);
    }

    static ShardMap of(String keyspace, Topodata.SrvKeyspace.KeyspacePartition partition) {
        List<ShardRef> shards = new ArrayList<>(partition.getShardReferencesCount());
        for (Topodata.ShardReference reference : partition.getShardReferencesList()) {
            shards.add(new ShardRef(
                    reference.getName(), reference.hasKeyRange() ? KeyRanges.of(reference.getKeyRange()) : null));
        }
        Set<String> disabled = partition.getShardTabletControlsList().stream()
                .filter(Topodata.ShardTabletControl::getQueryServiceDisabled)
                .map(Topodata.ShardTabletControl::getName)
                .collect(Collectors.toSet());
        return new ShardMap(keyspace, shards, disabled);
    }

    /** The shards in the record's order, whether they cover the key space or not. */
    public List<ShardRef> shards() {
        return shards;
    }

    /** The shard of that name, or null. */
    public @Nullable ShardRef shard(String name) {
        return byName.get(name);
    }

    /**
     * The shards for a statement that must see every row.
     *
     * @throws VtException FAILED_PRECONDITION naming the hole or overlap when the shards do not hold every keyspace id exactly once
     */
    public List<ShardRef> allShards() {
        if (fault != null) {
            throw VtException.of(Code.FAILED_PRECONDITION, "keyspace " + keyspace + ": " + fault);
        }
        return shards;
    }

    /** What keeps the shards from holding every keyspace id exactly once (a hole, an overlap, no shard at all); null when nothing. */
    public @Nullable String fault() {
        return fault;
    }

    /** Whether the record says that this shard's query service is off, as it is for a moment while traffic is switched. */
    public boolean isQueryServiceDisabled(String shard) {
        return disabled.contains(shard);
    }

    /**
     * The first shard that holds the keyspace id.
     *
     * @throws VtException UNAVAILABLE when there is no shard at all, INVALID_ARGUMENT when none holds it
     */
    public ShardRef shardFor(KeyspaceId id) {
        int found = index.find(id);
        if (found >= 0) {
            return shards.get(found);
        }
        if (shards.isEmpty()) {
            throw VtException.of(Code.UNAVAILABLE, "no shard in keyspace");
        }
        throw VtException.of(Code.INVALID_ARGUMENT, "KeyspaceId " + id + " didn't match any shards " + describe());
    }

    /** Every shard that holds an id of the range, in the record's order. */
    public List<ShardRef> shardsFor(KeyRange range) {
        List<ShardRef> found = new ArrayList<>();
        for (ShardRef shard : shards) {
            if (shard.keyRange() == null || shard.keyRange().intersects(range)) {
                found.add(shard);
            }
        }
        return found;
    }

    /**
     * The shards that make up exactly this range, sorted by range, as {@code ks[-80]} asks for.
     *
     * @throws VtException INVALID_ARGUMENT when the range does not begin and end where shards do
     */
    public List<ShardRef> shardsExactly(KeyRange range) {
        List<ShardRef> found = new ArrayList<>(shardsFor(range));
        found.sort(Comparator.comparing(ShardMap::start, KeyRanges::compare));
        boolean exact = !found.isEmpty()
                && KeyRanges.compare(start(found.get(0)), range.start()) == 0
                && KeyRanges.compare(end(found.get(found.size() - 1)), range.end()) == 0;
        for (int i = 1; exact && i < found.size(); i++) {
            exact = KeyRanges.compare(end(found.get(i - 1)), start(found.get(i))) == 0;
        }
        if (!exact) {
            throw VtException.of(Code.INVALID_ARGUMENT, "keyrange " + range + " does not exactly match shards");
        }
        return found;
    }

    /**
     * The only shard of an unsharded keyspace.
     *
     * @throws VtException FAILED_PRECONDITION when there are several or none
     */
    public ShardRef onlyShard() {
        if (shards.size() != 1) {
            throw VtException.of(
                    Code.FAILED_PRECONDITION,
                    "Keyspace '" + keyspace + "' does not have exactly one shard: " + describe());
        }
        return shards.get(0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShardMap that
                && keyspace.equals(that.keyspace)
                && shards.equals(that.shards)
                && disabled.equals(that.disabled);
    }

    @Override
    public int hashCode() {
        return shards.hashCode();
    }

    @Override
    public String toString() {
        return keyspace + shards;
    }

    private static byte[] start(ShardRef shard) {
        return shard.keyRange() == null ? UNBOUNDED : shard.keyRange().start();
    }

    private static byte[] end(ShardRef shard) {
        return shard.keyRange() == null ? UNBOUNDED : shard.keyRange().end();
    }

    private String describe() {
        return shards.stream()
                .map(shard -> "name:\"" + shard.name() + "\"" + describe(shard.keyRange()))
                .collect(Collectors.joining(" ", "[", "]"));
    }

    private static String describe(@Nullable KeyRange range) {
        if (range == null) {
            return "";
        }
        List<String> bounds = new ArrayList<>(2);
        if (range.start().length > 0) {
            bounds.add("start:\"" + escape(range.start()) + "\"");
        }
        if (range.end().length > 0) {
            bounds.add("end:\"" + escape(range.end()) + "\"");
        }
        return "  key_range:{" + String.join("  ", bounds) + "}";
    }

    private static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b >= 0x20 && b < 0x7f && b != '"' && b != '\\') {
                text.append((char) b);
            } else {
                text.append(String.format("\\x%02x", b & 0xff));
            }
        }
        return text.toString();
    }
}
