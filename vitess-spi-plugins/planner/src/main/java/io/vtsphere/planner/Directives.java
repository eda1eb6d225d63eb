package io.vtsphere.planner;

import org.jspecify.annotations.Nullable;

/**
 * What the {@code /*vt+ … *}{@code /} comment of a statement asks for.
 *
 * <p>Source: Vitess' {@code go/vt/sqlparser/comments.go}.
 *
 * @param queryTimeoutMillis overrides the session's timeout; 0 for no limit, -1 when not given
 * @param multiShardAutocommit commit each shard on its own, in one round trip
 * @param scatterErrorsAsWarnings rows of the shards that answered, the errors of others as warnings
 * @param ignoreMaxMemoryRows no limit on the rows held in memory
 * @param ignoreMaxPayloadSize no limit on the length of the text
 * @param skipPlanCache plan the statement anew
 * @param allowScatter a scatter is allowed even where the configuration forbids it
 * @param workloadName travels to the tablet, or null
 * @param priority 0 to 100 as text, travels to the tablet, or null
 * @param consolidator travels to the tablet, or null
 */
public record Directives(
        int queryTimeoutMillis,
        boolean multiShardAutocommit,
        boolean scatterErrorsAsWarnings,
        boolean ignoreMaxMemoryRows,
        boolean ignoreMaxPayloadSize,
        boolean skipPlanCache,
        boolean allowScatter,
        @Nullable String workloadName,
        @Nullable String priority,
        @Nullable Consolidator consolidator) {
    /** A statement without directives. */
    public static final Directives NONE =
            new Directives(-1, false, false, false, false, false, false, null, null, null);

    /** Whether a tablet lets equal queries that run at once share one answer. */
    public enum Consolidator {
        DISABLED,
        ENABLED,
        ENABLED_REPLICAS
    }
}
