package io.vtsphere.shardingsphere.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Vschema;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Column;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.vindex.VindexRegistry;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownTablesTest {
    private static final List<Column> COLUMNS =
            List.of(new Column("id", Types.INTEGER, "int", true, false, true, false, false));

    private final AtomicLong now = new AtomicLong();
    private final Map<String, List<Column>> mysql = new HashMap<>(Map.of("product", COLUMNS));
    private int reads;
    private boolean broken;
    private final KnownTables tables = new KnownTables(this::read, Duration.ofSeconds(30), now::get);

    private Map<String, List<Column>> read(String keyspace, String shard, Duration wait) throws SQLException {
        reads++;
        if (broken) {
            throw new SQLException("no tablet");
        }
        return Map.copyOf(mysql);
    }

    private static KeyspaceState commerce(String... tableNames) {
        Vschema.Keyspace.Builder keyspace = Vschema.Keyspace.newBuilder();
        for (String table : tableNames) {
            keyspace.putTables(table, Vschema.Table.getDefaultInstance());
        }
        return ServingState.of(
                        Vschema.SrvVSchema.newBuilder()
                                .putKeyspaces("commerce", keyspace.build())
                                .build(),
                        Map.of(),
                        List.of(),
                        VindexRegistry.load())
                .keyspace("commerce");
    }

    private void refreshAfter(Duration time, KeyspaceState keyspace) {
        now.addAndGet(time.toNanos());
        tables.refresh(keyspace, "0", Duration.ZERO);
    }

    @Test
    void whatIsComplete_isReadAgainAfterTheInterval() {
        KeyspaceState keyspace = commerce("product");
        refreshAfter(Duration.ZERO, keyspace);
        refreshAfter(Duration.ofSeconds(29), keyspace);
        assertThat(reads).isEqualTo(1);
        long before = tables.generation();
        refreshAfter(Duration.ofSeconds(2), keyspace);
        assertThat(reads).isEqualTo(2);
        assertThat(tables.generation()).as("nothing is new").isEqualTo(before);
        mysql.put("more", COLUMNS);
        refreshAfter(Duration.ofSeconds(31), keyspace);
        assertThat(tables.generation()).isGreaterThan(before);
        assertThat(tables.of("commerce")).containsKey("more");
    }

    @Test
    void anotherVSchema_isReadAtOnce() {
        refreshAfter(Duration.ZERO, commerce("product"));
        refreshAfter(Duration.ZERO, commerce("product"));
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void tableThatMySqlHasNot_isLookedForEverySecond() {
        KeyspaceState keyspace = commerce("product", "note");
        refreshAfter(Duration.ZERO, keyspace);
        refreshAfter(Duration.ofMillis(1100), keyspace);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void failure_keepsWhatWasKnown() {
        KeyspaceState keyspace = commerce("product");
        refreshAfter(Duration.ZERO, keyspace);
        broken = true;
        refreshAfter(Duration.ofSeconds(31), keyspace);
        assertThat(tables.of("commerce")).containsOnlyKeys("product");
        refreshAfter(Duration.ofMillis(1100), keyspace);
        assertThat(reads).as("tried again soon").isEqualTo(3);
    }

    @Test
    void forgotten_isReadAtOnce() {
        KeyspaceState keyspace = commerce("product");
        refreshAfter(Duration.ZERO, keyspace);
        tables.forget("commerce");
        refreshAfter(Duration.ZERO, keyspace);
        assertThat(reads).isEqualTo(2);
    }
}
