package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtsphere.distribution.quickstart.RunningCluster.Cluster;
import io.vtsphere.testkit.Executables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that are not Java: the mysql command line, and PyMySQL where the machine has it. */
@ExtendWith(RunningCluster.class)
class CommandLineClientsIT {
    private record Output(int status, String text) {}

    @Test
    void mysql_runsStatementsAndPrintsTables(Cluster cluster) throws Exception {
        Output output = mysql(
                cluster,
                "customer",
                "select customer_id, email from customer where customer_id in (1, 2, 3) order by customer_id; select count(*) c from corder where order_id <= 5");
        assertThat(output.text())
                .isEqualTo("customer_id\temail\n1\talice@domain.com\n2\tbob@domain.com\n3\tcharlie@domain.com\nc\n5\n");
        assertThat(output.status()).isZero();
    }

    @Test
    void mysql_useTargets_reachesShardsAndReplicas(Cluster cluster) throws Exception {
        assertThat(mysql(
                                cluster,
                                "commerce",
                                "use `customer:-80`; select customer_id from customer where customer_id <= 5 order by 1")
                        .text())
                .isEqualTo("customer_id\n1\n2\n3\n5\n");
        assertThat(mysql(cluster, "customer:80-", "select customer_id from customer where customer_id <= 5")
                        .text())
                .isEqualTo("customer_id\n4\n");
        assertThat(mysql(cluster, "customer@replica", "select email from customer where customer_id = 2")
                        .text())
                .isEqualTo("email\nbob@domain.com\n");
        assertThat(mysql(cluster, "customer@replica", "delete from customer where customer_id = 2"))
                .matches(
                        o -> o.status() != 0
                                && o.text().contains("supported only for primary tablet type, current type: replica"),
                        "writes on a replica are refused");
    }

    @Test
    void mysql_showStatements_listTheCluster(Cluster cluster) throws Exception {
        assertThat(mysql(cluster, "customer", "show tables").text()).contains("Tables_in_customer\ncorder\ncustomer\n");
        assertThat(mysql(cluster, "", "show databases").text())
                .contains("commerce\n")
                .contains("customer\n");
        assertThat(mysql(cluster, "", "show vitess_keyspaces").text().lines()).contains("commerce", "customer");
        assertThat(mysql(cluster, "", "show vitess_shards").text().lines())
                .contains("commerce/0", "customer/-80", "customer/80-");
        assertThat(mysql(cluster, "", "show vitess_tablets")
                        .text()
                        .lines()
                        .filter(line -> line.contains("\tSERVING\t")))
                .hasSize(7)
                .anyMatch(line ->
                        line.startsWith("zone1\tcustomer\t-80\tPRIMARY\tSERVING\tzone1-0000000200\t127.0.0.1\t20"))
                .anyMatch(line ->
                        line.startsWith("zone1\tcustomer\t80-\tREPLICA\tSERVING\tzone1-0000000301\t127.0.0.1\t"));
    }

    @Test
    void mysql_refusals_nameTheConstruct(Cluster cluster) throws Exception {
        for (String sql : List.of(
                "update ignore customer set email = 'x' limit 1",
                "insert into customer(email) select email from customer on duplicate key update email = 'x'",
                "replace into customer(customer_id, email) values(1, 'x')")) {
            Output output = mysql(cluster, "customer", sql);
            assertThat(output.text()).as(sql).contains("ERROR 1235 (42000)").contains("VT12001: unsupported: ");
        }
        assertThat(mysql(cluster, "customer", "selec 1").text())
                .contains("ERROR 1064 (42000)")
                .contains("syntax error at position");
        assertThat(mysql(cluster, "customer", "select * from nosuch").text()).contains("ERROR 1146 (42S02)");
    }

    @Test
    void mysql_wrongPassword_getsNothing(Cluster cluster) throws Exception {
        Output output = run(
                List.of(
                        "mysql",
                        "-h127.0.0.1",
                        "-P" + cluster.settings().gatePort(),
                        "-uroot",
                        "-pwrong",
                        "-e",
                        "select 1",
                        "customer"),
                "");
        assertThat(output.status()).isNotZero();
        assertThat(output.text()).contains("ERROR 1045 (28000)").contains("Access denied for user 'root'");
    }

    @Test
    void pymysql_logsInReadsWritesAndSeesErrors(Cluster cluster) throws Exception {
        assumeTrue(Executables.find("python3").isPresent(), "no python3 on this machine");
        assumeTrue(
                run(List.of("/usr/bin/python3", "-c", "import pymysql"), "").status() == 0,
                "no PyMySQL on this machine");
        String script =
                """
                import pymysql
                c = pymysql.connect(host='127.0.0.1', port=%d, user='root', database='customer', charset='utf8mb4')
                k = c.cursor()
                k.execute('select email from customer where customer_id = %%s', (3,))
                assert k.fetchall() == ((b'charlie@domain.com',),), 'point'
                k.execute('select count(*), sum(price) from corder where order_id <= 5')
                n, s = k.fetchone()
                assert (n, int(s)) == (5, 220), (n, s)
                c.begin()
                k.execute("insert into customer(email) values(%%s)", ('pi \u03c0',))
                key = k.lastrowid
                assert key > 5, key
                k.execute('select email from customer where customer_id = %%s', (key,))
                assert k.fetchone()[0].decode() == 'pi \u03c0'
                c.rollback()
                k.execute('select email from customer where customer_id = %%s', (key,))
                assert k.fetchall() == ()
                try:
                    k.execute("insert into customer(customer_id, email) values(1, 'x')")
                    raise AssertionError('no error')
                except pymysql.err.IntegrityError as e:
                    assert e.args[0] == 1062, e
                try:
                    pymysql.connect(host='127.0.0.1', port=%d, user='root', password='no')
                    raise AssertionError('logged in')
                except pymysql.err.OperationalError as e:
                    assert e.args[0] == 1045, e
                print('fine')
                """.formatted(cluster.settings().gatePort(), cluster.settings().gatePort());
        Output output = run(List.of("/usr/bin/python3", "-"), script);
        assertThat(output.text()).isEqualTo("fine\n");
    }

    private static Output mysql(Cluster cluster, String database, String sql) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "mysql",
                "-h127.0.0.1",
                "-P" + cluster.settings().gatePort(),
                "-uroot",
                "--default-character-set=utf8mb4",
                "--batch"));
        if (!database.isEmpty()) {
            command.add("--database=" + database);
        }
        return run(command, sql);
    }

    private static Output run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("end of %s", command)
                .isTrue();
        return new Output(process.exitValue(), text);
    }
}
