package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vindex.calc.VindexCalculator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What every host must do with the sample of vindex algorithms: rows on the shard of their keyspace id, answers those of one MySQL. */
final class AlgorithmsCheck {
    private static final VindexCalculator CALCULATOR = new VindexCalculator(VindexRegistry.load());
    private static final List<String> SHARDS = List.of("-80", "80-");
    private static final String[] EMAILS = {"ann@example.com", "BOB@example.com", "émile@example.com", "Zoë@example.com"
    };

    private static final Map<String, String> MULTICOL =
            Map.of("column_count", "2", "column_vindex", "xxhash,hash", "column_bytes", "1,7");

    /**
     * Connections to a host.
     *
     * @param queries where parameters of prepared statements are written into the text: 5.1 sends Connector/J no rows otherwise
     * @param updates where they are sent apart, as binary values
     * @param negativeLiterals whether the host's parser knows them; that of 5.1 drops the sign where it looks for sharding values
     * @param hintComments whether hints are comments of statements; in 5.1 they are statements of {@code queries}
     */
    record Host(Connection queries, Connection updates, boolean negativeLiterals, boolean hintComments) {}

    private final Commerce commerce;
    private final Host host;
    private final Connection whole;

    AlgorithmsCheck(Commerce commerce, Host host, Connection whole) {
        this.commerce = commerce;
        this.host = host;
        this.whole = whole;
    }

    void run() throws SQLException {
        fill();
        rowsLieOnTheShardOfTheirKeyspaceId();
        answersAreThoseOfOneMySql();
        writesReachTheRows();
        valuesThatCannotBeMappedAreRefused();
        hintsChooseTheShard();
        keysComeFromTheSequence();
    }

    private void keysComeFromTheSequence() throws SQLException {
        for (int i = 0; i < 4; i++) {
            Answers.update(host.queries(), "INSERT INTO customer(name) VALUES ('generated')");
        }
        Answers.update(
                host.updates(),
                "INSERT INTO customer(name) VALUES (?), (?), (?)",
                "generated",
                "generated",
                "generated");
        assertThat(Answers.rows(host.queries(), "SELECT customer_id FROM customer WHERE name = 'generated'"))
                .containsExactly("1000", "1001", "1002", "1003", "1004", "1005", "1006");
        for (int id = 1000; id < 1007; id++) {
            assertThat(Answers.rows(host.queries(), "SELECT name FROM customer WHERE customer_id = " + id))
                    .containsExactly("generated");
        }
    }

    private void hintsChooseTheShard() throws SQLException {
        for (int id = 1; id <= 8; id++) {
            hinted(id, "INSERT INTO note(customer_id, text) VALUES (" + id + ", 'hinted')");
        }
        for (int shard = 0; shard < 2; shard++) {
            try (Connection mysql = commerce.mysql().connect("commerce_" + shard)) {
                List<String> ids = Answers.rows(mysql, "SELECT customer_id FROM note");
                assertThat(ids).isNotEmpty().hasSizeLessThan(8);
                for (String id : ids) {
                    assertThat(home("hash", Map.of(), SqlValue.int64(Long.parseLong(id))))
                            .isEqualTo(shard);
                    assertThat(hinted(Long.parseLong(id), "SELECT customer_id FROM note"))
                            .isEqualTo(ids);
                }
            }
        }
        assertThat(Answers.rows(host.queries(), "SELECT customer_id FROM note")).hasSize(8);
    }

    /** The rows of a statement whose sharding value is in no column. */
    private List<String> hinted(long value, String sql) throws SQLException {
        if (host.hintComments()) {
            return rows("/* SHARDINGSPHERE_HINT: note.SHARDING_DATABASE_VALUE=" + value + " */ " + sql);
        }
        rows("ADD SHARDING HINT DATABASE_VALUE note=" + value);
        try {
            return rows(sql);
        } finally {
            rows("CLEAR SHARDING HINT");
        }
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = host.queries().createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private void fill() throws SQLException {
        for (int id = 0; id <= 20; id++) {
            both("INSERT INTO customer(customer_id, name) VALUES (" + id + ", 'name " + id + "')");
        }
        both(
                "INSERT INTO customer(customer_id, name) VALUES (?, ?), (?, ?)",
                9_007_199_254_740_993L,
                "large",
                40,
                "forty");
        both("INSERT INTO customer(customer_id, name) VALUES (?, ?), (?, ?)", -1, "minus", -3L, "three");
        for (String email : EMAILS) {
            both("INSERT INTO account(email, balance) VALUES (?, ?)", email, email.length());
        }
        both("INSERT INTO session(session_id, payload) VALUES (1, 'one'), (2, 'two'), (18446744073709551613, 'large')");
        both("INSERT INTO session(session_id, payload) VALUES (?, ?)", "18446744073709551612", "larger");
        for (int region : new int[] {1, 127, 128, 255}) {
            both("INSERT INTO orders(region, customer_id, sku) VALUES (?, ?, ?)", region, region + 1L, "sku " + region);
        }
    }

    private void rowsLieOnTheShardOfTheirKeyspaceId() throws SQLException {
        for (int shard = 0; shard < 2; shard++) {
            try (Connection mysql = commerce.mysql().connect("commerce_" + shard)) {
                for (String id : Answers.rows(mysql, "SELECT customer_id FROM customer")) {
                    assertThat(home("hash", Map.of(), SqlValue.int64(Long.parseLong(id))))
                            .isEqualTo(shard);
                }
                for (String email : Answers.rows(mysql, "SELECT email FROM account")) {
                    assertThat(home("unicode_loose_md5", Map.of(), SqlValue.varchar(email)))
                            .isEqualTo(shard);
                }
                for (String id : Answers.rows(mysql, "SELECT session_id FROM session")) {
                    assertThat(home("xxhash", Map.of(), SqlValue.uint64(Long.parseUnsignedLong(id))))
                            .isEqualTo(shard);
                }
                for (String row : Answers.rows(mysql, "SELECT region, customer_id FROM orders")) {
                    String[] columns = row.split("\\|");
                    assertThat(home(
                                    "multicol",
                                    MULTICOL,
                                    SqlValue.int64(Long.parseLong(columns[0])),
                                    SqlValue.int64(Long.parseLong(columns[1]))))
                            .isEqualTo(shard);
                }
                assertThat(Answers.rows(mysql, "SELECT * FROM customer")).isNotEmpty();
                assertThat(Answers.rows(mysql, "SELECT * FROM session")).isNotEmpty();
            }
        }
    }

    private static int home(String vindex, Map<String, String> params, SqlValue... row) {
        List<String> reached =
                VindexCalculator.shards(CALCULATOR.map(CALCULATOR.vindex(vindex, params), List.of(row)), SHARDS);
        assertThat(reached).hasSize(1);
        return SHARDS.indexOf(reached.get(0));
    }

    private void answersAreThoseOfOneMySql() throws SQLException {
        for (int id = host.negativeLiterals() ? -4 : 0; id <= 21; id++) {
            same("SELECT * FROM customer WHERE customer_id = " + id);
            same("SELECT * FROM customer WHERE customer_id = ?", id);
        }
        same("SELECT * FROM customer WHERE customer_id = '3'");
        same("SELECT * FROM customer WHERE customer_id = ?", "3");
        same("SELECT * FROM customer WHERE customer_id = 3.0");
        same("SELECT * FROM customer WHERE customer_id = 9007199254740993");
        same("SELECT * FROM customer WHERE customer_id IN (1, 2, 3, 4, 40)");
        same("SELECT * FROM customer WHERE customer_id IN (?, ?)", 3, 4L);
        same("SELECT * FROM customer WHERE customer_id BETWEEN 2 AND 5");
        same("SELECT * FROM customer WHERE 3 < customer_id AND customer_id <= 9");
        same("SELECT * FROM customer WHERE customer_id > ?", 17);
        same("SELECT count(*), max(customer_id) FROM customer");
        same("SELECT name FROM customer WHERE customer_id = 4 OR customer_id = 5");
        for (String email : EMAILS) {
            same("SELECT * FROM account WHERE email = ?", email);
            same("SELECT * FROM account WHERE email = '" + email.toUpperCase(java.util.Locale.ROOT) + "'");
        }
        same("SELECT * FROM session WHERE session_id = 1");
        same("SELECT payload FROM session WHERE session_id = '2'");
        same("SELECT payload FROM session WHERE session_id = 18446744073709551613");
        same("SELECT payload FROM session WHERE session_id = ?", "18446744073709551612");
        same("SELECT sku FROM orders WHERE region = 128");
        same("SELECT sku FROM orders WHERE region = 128 AND customer_id = 129");
        same("SELECT sku FROM orders WHERE customer_id = 129");
        same("SELECT sku FROM orders WHERE customer_id = ? AND region IN (?, ?)", 2, 1, 255);
        same("SELECT sku FROM orders WHERE region > 100");
    }

    private void writesReachTheRows() throws SQLException {
        both("UPDATE customer SET name = 'changed' WHERE customer_id = 3");
        both("UPDATE customer SET name = 'changed' WHERE customer_id = ?", -3);
        both("UPDATE customer SET name = 'changed' WHERE customer_id IN (?, ?)", -1L, 7);
        both("UPDATE session SET payload = 'changed' WHERE session_id = ?", "18446744073709551613");
        both("UPDATE account SET balance = balance + 1");
        both("DELETE FROM customer WHERE customer_id BETWEEN 10 AND 12");
        both("DELETE FROM orders WHERE region = 255 AND customer_id = 256");
        for (String table : new String[] {"customer", "account", "session", "orders"}) {
            same("SELECT * FROM " + table);
        }
    }

    private void valuesThatCannotBeMappedAreRefused() {
        refused("SELECT * FROM account WHERE email = 5", "for a column of characters: write it as a string");
        refused("SELECT * FROM customer WHERE customer_id = 'x'", "for an integer column");
        refused("INSERT INTO customer(customer_id, name) VALUES (1.5, 'x')", "for an integer column");
    }

    private void refused(String sql, String text) {
        assertThatThrownBy(() -> {
                    try (var statement = host.queries().createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("VT12001: unsupported: ")
                .hasMessageContaining(text)
                .hasFieldOrPropertyWithValue("errorCode", 1235)
                .hasFieldOrPropertyWithValue("SQLState", "42000");
    }

    private void both(String sql, Object... parameters) throws SQLException {
        assertThat(Answers.update(host.updates(), sql, parameters))
                .as(sql)
                .isEqualTo(Answers.update(whole, sql, parameters));
    }

    private void same(String sql, Object... parameters) throws SQLException {
        assertThat(Answers.rows(host.queries(), sql, parameters))
                .as(sql)
                .isEqualTo(Answers.rows(whole, sql, parameters));
    }
}
