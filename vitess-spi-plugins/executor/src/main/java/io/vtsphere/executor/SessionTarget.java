package io.vtsphere.executor;

import io.vtsphere.planner.PlanTarget;
import io.vtsphere.planner.ShardTarget;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's statements go, as a client writes it: {@code keyspace[:shard|[range]][@type[|alias]]}.
 *
 * <p>Immutable and thread-safe. Source of grammar and texts: Vitess' {@code go/vt/topo/topoproto/destination.go}.
 *
 * @param text as the client wrote it; empty for none
 * @param plan what planning needs of it
 */
record SessionTarget(String text, PlanTarget plan) {
    /** MySQL's own schemas, which exist in every keyspace. */
    private static final Set<String> SYSTEM_SCHEMAS =
            Set.of("information_schema", "mysql", "performance_schema", "sys");

    static SessionTarget none(TabletType defaultType) {
        return new SessionTarget("", new PlanTarget(null, null, defaultType, null));
    }

    /**
     * Reads a target.
     *
     * @throws VtException INVALID_ARGUMENT for a text of another form, VT05003 for a keyspace that the VSchema does not know
     */
    static SessionTarget parse(String text, TabletType defaultType, ServingState state) {
        String rest = text;
        TabletType type = defaultType;
        TabletAlias alias = null;
        int at = rest.lastIndexOf('@');
        if (at >= 0) {
            String served = rest.substring(at + 1);
            rest = rest.substring(0, at);
            if (served.isEmpty()) {
                throw invalid("empty tablet type after @");
            }
            int bar = served.indexOf('|');
            TabletType parsed = TabletType.parse(bar < 0 ? served : served.substring(0, bar));
            if (bar >= 0) {
                if (parsed == null) {
                    throw invalid("invalid tablet type in target: " + served);
                }
                alias = alias(served.substring(bar + 1));
            }
            type = parsed == null ? TabletType.UNKNOWN : parsed;
        }
        ShardTarget shards = null;
        int slash = Math.max(rest.lastIndexOf('/'), rest.lastIndexOf(':'));
        if (slash >= 0) {
            shards = new ShardTarget.Shard(rest.substring(slash + 1));
            rest = rest.substring(0, slash);
        }
        int bracket = rest.lastIndexOf('[');
        if (bracket >= 0) {
            int end = rest.lastIndexOf(']');
            if (end < bracket) {
                throw invalid("invalid key range provided. Couldn't find range end ']'");
            }
            shards = range(rest.substring(bracket + 1, end));
            rest = rest.substring(0, bracket);
        }
        if (alias != null && shards == null) {
            throw invalid("tablet alias must be used with a shard");
        }
        return new SessionTarget(text, new PlanTarget(keyspace(rest, state), shards, type, alias));
    }

    /** Whether statements go unplanned to the shards that are named here. */
    boolean bypassesPlanning() {
        return plan.shards() != null;
    }

    private static @Nullable String keyspace(String name, ServingState state) {
        if (name.isEmpty()) {
            Set<String> known = state.keyspaces().keySet();
            return known.size() == 1 ? known.iterator().next() : null;
        }
        if (!SYSTEM_SCHEMAS.contains(name)) {
            state.keyspace(name);
        }
        return name;
    }

    private static TabletAlias alias(String text) {
        try {
            return TabletAlias.parse(text);
        } catch (VtException e) {
            throw VtException.of(Code.INVALID_ARGUMENT, "invalid tablet alias in target: " + text, e);
        }
    }

    private static ShardTarget range(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            try {
                return new ShardTarget.OwnerOf(KeyspaceId.of(HexFormat.of().parseHex(text)));
            } catch (IllegalArgumentException e) {
                throw VtException.of(Code.INVALID_ARGUMENT, "expected valid hex in keyspace id " + text, e);
            }
        }
        if (text.indexOf('-', dash + 1) >= 0) {
            throw invalid("single keyrange expected in " + text);
        }
        return new ShardTarget.ExactKeyRange(KeyRange.parse(text));
    }

    private static VtException invalid(String text) {
        return VtException.of(Code.INVALID_ARGUMENT, text);
    }
}
