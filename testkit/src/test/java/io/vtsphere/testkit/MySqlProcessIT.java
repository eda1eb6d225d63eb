package io.vtsphere.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class MySqlProcessIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void start_killedAndRestarted_keepsItsRows() throws Exception {
        try (MySqlProcess mysql = MySqlProcess.start(MySqlProcess.Options.in(directory))) {
            mysql.execute(
                    "", "create database d", "create table d.t(id int primary key)", "insert into d.t values (7)");
            assertThat(mysql.queryOne("d", "select @@gtid_mode")).isEqualTo("ON");
            mysql.process().kill();
            assertThat(mysql.process().isAlive()).isFalse();
            mysql.restart();
            assertThat(mysql.queryOne("d", "select id from t")).isEqualTo("7");
        }
    }

    @Test
    void replica_ofAPrimary_receivesItsRows() throws Exception {
        try (MySqlProcess primary = MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("p")));
                MySqlProcess replica = MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("r")))) {
            replica.execute(
                    "",
                    "change master to master_host='127.0.0.1', master_port=" + primary.port()
                            + ", master_user='root', master_auto_position=1, master_connect_retry=1",
                    "start slave");
            primary.execute(
                    "", "create database d", "create table d.t(id int primary key)", "insert into d.t values (8)");
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> assertThat(
                            replica.queryOne("d", "select id from t"))
                    .isEqualTo("8"));
        }
    }
}
