package io.vtsphere.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a MySQL client sees when the tablet goes that holds its transaction or its reserved connection. */
@EnabledIfSystemProperty(named = "faults", matches = "full")
class LostTabletIT {
    @TempDir
    static Path directory;

    private static FaultCluster cluster;
    private static RunningGate gate;

    @BeforeAll
    static void start() throws Exception {
        cluster = new FaultCluster(directory);
        gate = new RunningGate(cluster);
    }

    @AfterAll
    static void stop() throws Exception {
        if (gate != null) {
            gate.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static long seedOfA() {
        long id = 1;
        while (!Load.shard(id).equals(FaultCluster.A)) {
            id++;
        }
        return id;
    }

    private static SQLException error(Statement statement, String sql) {
        return catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
    }

    private static void awaitServed() {
        cluster.awaitWhole();
        Awaitility.await().until(() -> gate.tablet(cluster.primaryOfA())
                .get("state")
                .getAsString()
                .equals("SERVING"));
    }

    @Test
    void transaction_onALostTablet_mustBeRolledBackFirst() throws Exception {
        awaitServed();
        long id = 800_000_000 + seedOfA();
        while (!Load.shard(id).equals(FaultCluster.A)) {
            id++;
        }
        TabletNode primary = cluster.primaryOfA();
        try (Connection client = gate.connect("ks");
                Statement statement = client.createStatement()) {
            statement.execute("begin");
            statement.execute("insert into t(id, v) values (" + id + ", 1)");
            primary.process().kill();
            SQLException lost = error(statement, "select v from t where id = " + id);
            assertThat(lost.getMessage())
                    .startsWith("VT15001: transaction error, issue ROLLBACK and retry the transaction: "
                            + "target: ks.-80.primary: ");
            assertThat(lost.getErrorCode()).isEqualTo(1105);
            assertThat(lost.getSQLState()).isEqualTo("HY000");
            for (String refused : new String[] {"select 1", "insert into t(id, v) values (1, 1)", "commit"}) {
                SQLException still = error(statement, refused);
                assertThat(still.getMessage())
                        .as(refused)
                        .isEqualTo("VT09032: previous transaction failed. Issue a ROLLBACK to resolve the failure.");
                assertThat(still.getErrorCode()).isEqualTo(1105);
                assertThat(still.getSQLState()).isEqualTo("HY000");
            }
            Awaitility.await().until(() -> gate.tablet(primary).has("last_error"));
            JsonObject tablet = gate.tablet(primary);
            assertThat(tablet.get("state").getAsString()).isEqualTo("NOT_SERVING");
            assertThat(tablet.get("connected").getAsBoolean()).isFalse();
            String text = tablet.get("last_error").getAsString();
            assertThat(text).contains("desc = \"transport: ");
            assertThat(gate.page("/debug/gateway.html"))
                    .contains("<tr class=\"bad\"><td>" + primary.alias())
                    .contains("desc = &quot;transport: ")
                    .doesNotContain("desc = \"transport");
            statement.execute("rollback");
            primary.restart();
            awaitServed();
            try (ResultSet rows = statement.executeQuery("select count(*) from t where id = " + id)) {
                rows.next();
                assertThat(rows.getLong(1)).isZero();
            }
        }
    }

    @Test
    void reservedConnection_onALostTablet_isMadeAnew_withoutWhatItHeld() throws Exception {
        awaitServed();
        TabletNode primary = cluster.primaryOfA();
        try (Connection client = gate.connect("ks:-80");
                Statement statement = client.createStatement()) {
            statement.execute("set default_week_format = 1");
            statement.execute("create temporary table held(id bigint)");
            statement.execute("insert into held values (1)");
            primary.process().kill();
            primary.restart();
            awaitServed();
            try (ResultSet rows = statement.executeQuery("select v from seed where id = " + seedOfA())) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(seedOfA() * 7);
            }
            SQLException gone = error(statement, "select * from held");
            assertThat(gone.getErrorCode()).isEqualTo(1146);
            assertThat(gone.getSQLState()).isEqualTo("42S02");
        }
    }
}
