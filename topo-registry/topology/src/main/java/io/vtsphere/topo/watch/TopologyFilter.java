package io.vtsphere.topo.watch;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the topology a gate uses; the rest is to it as if it were not there. Immutable and thread-safe.
 *
 * <p>Source: Vitess' {@code go/vt/discovery/topology_watcher.go} and {@code go/vt/srvtopo/keyspace_filtering_server.go}.
 */
public final class TopologyFilter {
    private final Set<String> keyspaces;
    private final Map<String, List<Shard>> shards;
    private final Map<String, String> tags;

    private record Shard(String name, @Nullable KeyRange range) {
        private boolean includes(String shard, @Nullable KeyRange other) {
            return name.equals(shard) || (range != null && other != null && KeyRanges.includes(range, other));
        }
    }

    private TopologyFilter(Set<String> keyspaces, Map<String, List<Shard>> shards, Map<String, String> tags) {
        this.keyspaces = Set.copyOf(keyspaces);
        this.shards = Map.copyOf(shards);
        this.tags = Map.copyOf(tags);
    }

    /** Everything. */
    public static TopologyFilter none() {
        return new TopologyFilter(Set.of(), Map.of(), Map.of());
    }

    /**
     * @param keyspacesToWatch {@code --keyspaces-to-watch}; empty for all
     * @param tabletFilters {@code --tablet-filters}: {@code keyspace|shard}, where the shard may be a range that holds others; empty for all
     * @param tabletTags {@code --tablet-filter-tags}: {@code key:value}, all of which a tablet must have
     * @throws IllegalArgumentException for filters that are not of that form or exclude each other
     */
    public static TopologyFilter of(
            List<String> keyspacesToWatch, List<String> tabletFilters, List<String> tabletTags) {
        if (!keyspacesToWatch.isEmpty() && !tabletFilters.isEmpty()) {
            throw new IllegalArgumentException(
                    "only one of --keyspaces-to-watch and --tablet-filters may be specified at a time");
        }
        Map<String, List<Shard>> shards = new HashMap<>();
        for (String filter : tabletFilters) {
            addShard(shards, filter);
        }
        Map<String, String> tags = new HashMap<>();
        for (String tag : tabletTags) {
            int colon = tag.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("tablet-filter-tags must be key:value: '" + tag + "'");
            }
            tags.put(tag.substring(0, colon), tag.substring(colon + 1));
        }
        return new TopologyFilter(new HashSet<>(keyspacesToWatch), shards, tags);
    }

    private static void addShard(Map<String, List<Shard>> shards, String filter) {
        String[] parts = filter.split("\\|", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("invalid FilterByShard parameter: " + filter);
        }
        Shard shard;
        try {
            shard = new Shard(KeyRange.canonicalShardName(parts[1]), KeyRange.ofShardName(parts[1]));
        } catch (VtException e) {
            throw new IllegalArgumentException("error parsing shard name " + parts[1] + ": " + e.getMessage(), e);
        }
        List<Shard> known = shards.computeIfAbsent(parts[0], keyspace -> new ArrayList<>());
        if (known.stream().anyMatch(other -> other.name().equals(shard.name()))) {
            throw new IllegalArgumentException("duplicate " + parts[0] + "/" + parts[1] + " entry");
        }
        known.add(shard);
    }

    boolean keepsKeyspace(String keyspace) {
        return keyspaces.isEmpty() || keyspaces.contains(keyspace);
    }

    boolean keeps(Topodata.Tablet tablet) {
        if (!keepsKeyspace(tablet.getKeyspace())) {
            return false;
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            if (!tag.getValue().equals(tablet.getTagsMap().get(tag.getKey()))) {
                return false;
            }
        }
        return shards.isEmpty() || keepsShard(tablet.getKeyspace(), tablet.getShard());
    }

    private boolean keepsShard(String keyspace, String name) {
        List<Shard> kept = shards.get(keyspace);
        if (kept == null) {
            return false;
        }
        String canonical;
        KeyRange range;
        try {
            canonical = KeyRange.canonicalShardName(name);
            range = KeyRange.ofShardName(name);
        } catch (VtException e) {
            // a name that is no shard's belongs to none
            return false;
        }
        return kept.stream().anyMatch(shard -> shard.includes(canonical, range));
    }

    Vschema.SrvVSchema keep(Vschema.SrvVSchema record) {
        if (keyspaces.isEmpty()) {
            return record;
        }
        Vschema.SrvVSchema.Builder kept = record.toBuilder();
        record.getKeyspacesMap().keySet().stream()
                .filter(keyspace -> !keepsKeyspace(keyspace))
                .forEach(kept::removeKeyspaces);
        return kept.build();
    }
}
