package io.vtsphere.topo;

import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vindex.Vindex;
import java.util.Map;

/**
 * A vindex as a keyspace defines it. Several tables may use it; only the rows of its owner maintain it.
 *
 * @param owner the owning table of the same keyspace; empty when there is none
 */
public record VindexDefinition(
        String keyspace, String name, String type, Map<String, String> params, String owner, Vindex vindex) {
    public VindexDefinition {
        params = Map.copyOf(params);
    }

    /** Whether its entries are rows of a lookup table. */
    public boolean isLookup() {
        return vindex instanceof LookupVindex;
    }

    /** Whether its lookup table is still being filled: written by DML, not yet used to route. */
    public boolean isBackfilling() {
        return vindex instanceof LookupVindex lookup && lookup.backfilling();
    }
}
