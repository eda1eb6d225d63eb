package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.planner.Primitive;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SHOW statements about the gate itself: tablets, shards, target, warnings.
 *
 * <p>Source of columns and filters: Vitess' {@code go/vt/vtgate/executor.go} (ShowTablets, ShowShards). Has the same single holder as the
 * session's state.
 */
final class ShowRows {
    private static final List<String> TABLET_COLUMNS =
            List.of("Cell", "Keyspace", "Shard", "TabletType", "State", "Alias", "Hostname", "PrimaryTermStartTime");

    private final SessionState session;
    private final TabletGateway gateway;
    private final ServingStates states;

    ShowRows(SessionState session, TabletGateway gateway, ServingStates states) {
        this.session = session;
        this.gateway = gateway;
        this.states = states;
    }

    StatementResult run(Primitive.ShowState show) {
        return switch (show.subject()) {
            case VITESS_TABLETS -> tablets(show.like());
            case VITESS_REPLICATION_STATUS ->
                throw new IllegalArgumentException("replicas are asked by ReplicationStatus, not here");
            case VITESS_SHARDS -> shards(show.like(), show.type());
            case VITESS_TARGET -> listing(List.of("Target"), List.of(List.of(session.target.text())));
            case WARNINGS -> warnings();
            case WARNING_COUNT ->
                StatementResult.rows(
                        List.of(Fields.number("@@session.warning_count", SqlType.INT64)),
                        List.of(Fields.row(
                                List.of(SqlValue.int64(session.warnings().size())))));
        };
    }

    static StatementResult listing(List<String> columns, List<List<String>> rows) {
        return StatementResult.rows(
                Fields.listing(columns), rows.stream().map(Fields::textRow).toList());
    }

    private StatementResult tablets(@Nullable String like) {
        List<List<String>> rows = new ArrayList<>();
        for (TabletHealth health : gateway.tablets()) {
            String hostname = health.tablet().hostname();
            if (!LikePattern.matches(like, hostname)) {
                continue;
            }
            boolean primary = health.target().type() == TabletType.PRIMARY;
            long term = health.primaryTermStartTime();
            rows.add(List.of(
                    health.tablet().alias().cell(),
                    health.target().keyspace(),
                    health.target().shard(),
                    health.target().type().name(),
                    health.serving() ? "SERVING" : "NOT_SERVING",
                    health.tablet().alias().toString(),
                    hostname,
                    primary && term > 0 ? DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(term)) : ""));
        }
        return listing(TABLET_COLUMNS, rows);
    }

    private StatementResult shards(@Nullable String like, TabletType type) {
        ServingState state = states.current();
        List<List<String>> rows = new ArrayList<>();
        for (KeyspaceState keyspace : state.keyspaces().values()) {
            for (ShardRef shard : shardsOf(keyspace, type)) {
                String name = keyspace.name() + "/" + shard.name();
                if (LikePattern.matches(like, name)) {
                    rows.add(List.of(name));
                }
            }
        }
        return listing(List.of("Shards"), rows);
    }

    private static List<ShardRef> shardsOf(KeyspaceState keyspace, TabletType type) {
        for (TabletType served : keyspace.servedTypes()) {
            if (served == type) {
                return keyspace.shards(type).shards();
            }
        }
        return List.of();
    }

    private StatementResult warnings() {
        List<Query.Field> fields = List.of(
                Fields.listing("Level").toBuilder().setFlags(0).build(),
                Fields.number("Code", SqlType.UINT16),
                Fields.listing("Message").toBuilder().setFlags(0).build());
        List<Query.Row> rows = new ArrayList<>();
        for (SessionWarning warning : session.warnings()) {
            rows.add(Fields.row(List.of(
                    SqlValue.varchar("Warning"),
                    SqlValue.uint64(warning.code()),
                    SqlValue.varchar(warning.message()))));
        }
        return StatementResult.rows(fields, rows);
    }

    /** A SQL LIKE over ASCII names, without regard to case: {@code %}, {@code _} and {@code \} as escape. */
    static final class LikePattern {
        private LikePattern() {}

        /** Whether the text matches; no pattern matches everything. */
        static boolean matches(@Nullable String pattern, String text) {
            return pattern == null || matches(pattern.toLowerCase(Locale.ROOT), 0, text.toLowerCase(Locale.ROOT), 0);
        }

        private static boolean matches(String pattern, int p, String text, int t) {
            while (p < pattern.length()) {
                char c = pattern.charAt(p);
                if (c == '%') {
                    for (int from = t; from <= text.length(); from++) {
                        if (matches(pattern, p + 1, text, from)) {
                            return true;
                        }
                    }
                    return false;
                }
                boolean escaped = c == '\\' && p + 1 < pattern.length();
                if (t >= text.length()
                        || (escaped || c != '_') && text.charAt(t) != pattern.charAt(escaped ? p + 1 : p)) {
                    return false;
                }
                p += escaped ? 2 : 1;
                t++;
            }
            return t == text.length();
        }
    }
}
