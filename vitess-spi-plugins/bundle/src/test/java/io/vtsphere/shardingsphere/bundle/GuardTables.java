package io.vtsphere.shardingsphere.bundle;

import io.vtsphere.testkit.MySqlProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Two shards, and one database with the same tables that says what is right. */
final class GuardTables implements AutoCloseable {
    static final List<String> SHARDS = List.of("guard_0", "guard_1");
    static final String WHOLE = "guard_whole";
    private static final Map<String, String> CREATE = Map.of(
            "customer",
            "CREATE TABLE customer(customer_id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(64), email VARCHAR(64), age INT, "
                    + "balance DECIMAL(12,3), score DOUBLE, active TINYINT(1), born DATE, seen DATETIME, "
                    + "level ENUM('low','high','mid'), birthyear YEAR, wake TIME, code CHAR(2))",
            "orders",
            "CREATE TABLE orders(order_id BIGINT NOT NULL, customer_id BIGINT NOT NULL, amount INT, price DECIMAL(10,2), "
                    + "sku VARCHAR(20), PRIMARY KEY(customer_id, order_id))",
            "visit",
            "CREATE TABLE visit(visit_id BIGINT NOT NULL, customer_id BIGINT NOT NULL, PRIMARY KEY(customer_id, visit_id))",
            "item",
            "CREATE TABLE item(item_id BIGINT NOT NULL PRIMARY KEY, sku VARCHAR(20), qty INT)",
            "country",
            "CREATE TABLE country(code CHAR(2) NOT NULL PRIMARY KEY, title VARCHAR(64), population INT)",
            "setting",
            "CREATE TABLE setting(k INT NOT NULL PRIMARY KEY, v VARCHAR(64))");
    static final List<String> SHARDED = List.of("customer", "orders", "visit", "item");

    private final MySqlProcess mysql;
    private final Connection reader;

    GuardTables(Path directory) throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory));
        reader = mysql.connect("mysql");
    }

    int port() {
        return mysql.port();
    }

    MySqlProcess mysql() {
        return mysql;
    }

    /** Empty tables; the unsharded one is on the first shard only. */
    void reset() throws SQLException {
        for (String database : List.of("guard_0", "guard_1", WHOLE)) {
            mysql.execute("", "DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database);
            for (Map.Entry<String, String> table : CREATE.entrySet()) {
                if (!table.getKey().equals("setting") || !database.equals("guard_1")) {
                    mysql.execute(database, table.getValue());
                }
            }
        }
    }

    /** One INSERT for each table: NULLs, texts that are equal to MySQL but not to Java, and values that occur on both shards. */
    static List<String> rows() {
        String[] names = {"Ann", "ann", "Émile", "emile", "bob", "Bob ", "_x", "Zoë", "zoe", "Łuk", "a-b", "ab", "A b"};
        String[] codes = {"fr", "FR", "de", "es"};
        String[] levels = {"low", "high", "mid"};
        StringJoiner customers = new StringJoiner(", ");
        StringJoiner orders = new StringJoiner(", ");
        StringJoiner visits = new StringJoiner(", ");
        StringJoiner items = new StringJoiner(", ");
        for (int id = 1; id <= 40; id++) {
            String email = id % 4 == 0 ? "NULL" : "'mail" + id + "@x'";
            String age = id % 9 == 0 ? "NULL" : Integer.toString(20 + id % 7);
            customers.add(
                    "(%d, '%s', %s, %s, %d.12%d, %d.25, %d, '201%d-01-0%d', '2020-01-0%d 10:00:0%d', '%s', %d, '0%d:30:00', '%s')"
                            .formatted(
                                    id,
                                    names[id % 13],
                                    email,
                                    age,
                                    id % 5,
                                    id % 10,
                                    id % 3,
                                    id % 3,
                                    id % 4,
                                    1 + id % 5,
                                    1 + id % 3,
                                    id % 3,
                                    levels[id % 3],
                                    1970 + id % 4,
                                    id % 5,
                                    codes[id % 4]));
            for (int order = 0; order < id % 4; order++) {
                orders.add("(%d, %d, %d, %d.75, 'sku%d')"
                        .formatted(id * 10 + order, id, 1 + (id + order) % 6, order, (id + order) % 5));
            }
            visits.add("(%d, %d)".formatted(900 + id, id));
            items.add("(%d, 'sku%d', %d)".formatted(id, id % 5, id % 6));
        }
        return List.of(
                "INSERT INTO customer(customer_id, name, email, age, balance, score, active, born, seen, level, birthyear, wake, "
                        + "code) VALUES " + customers,
                "INSERT INTO orders(order_id, customer_id, amount, price, sku) VALUES " + orders,
                "INSERT INTO visit(visit_id, customer_id) VALUES " + visits,
                "INSERT INTO item(item_id, sku, qty) VALUES " + items,
                "INSERT INTO country(code, title, population) VALUES ('fr', 'France', 60), ('de', 'Germany', 80), "
                        + "('es', 'Spain', 9), ('xx', 'None', 0)",
                "INSERT INTO setting(k, v) VALUES (1, 'one'), (2, 'two'), (25, 'twentyfive')");
    }

    /** All rows of a table: of the shards together, or of the whole; a broadcast table is the same on both or nothing at all. */
    List<String> content(String table, boolean whole) throws SQLException {
        List<String> rows = new ArrayList<>();
        List<String> databases = whole ? List.of(WHOLE) : table.equals("setting") ? List.of("guard_0") : SHARDS;
        List<List<String>> each = new ArrayList<>();
        for (String database : databases) {
            each.add(Answers.rows(reader, "SELECT * FROM " + database + "." + table));
        }
        if (table.equals("country") && !whole) {
            return each.get(0).equals(each.get(1)) ? each.get(0) : List.of("differs: " + each);
        }
        each.forEach(rows::addAll);
        rows.sort(null);
        return rows;
    }

    @Override
    public void close() {
        mysql.close();
    }
}
