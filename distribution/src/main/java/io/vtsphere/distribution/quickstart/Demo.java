package io.vtsphere.distribution.quickstart;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A walk through what the gate does, as a client sees it: each statement is printed with its answer, and each answer is checked.
 *
 * <p>Leaves the rows as they were; sequences move on. Used by one thread.
 */
final class Demo {
    private final PrintStream out;
    private final boolean replicas;
    private int wrong;

    Demo(PrintStream out, boolean replicas) {
        this.out = out;
        this.replicas = replicas;
    }

    /** Runs it over one connection; returns how many answers were not the expected ones. */
    int run(int gatePort) throws SQLException {
        String url =
                "jdbc:mysql://127.0.0.1:" + gatePort + "/customer?user=root&sslMode=DISABLED&useServerPrepStmts=false";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            reads(statement);
            writes(statement);
            transactions(statement);
            targets(statement);
            refusals(statement);
        }
        out.println(wrong == 0 ? "Every answer was the expected one." : wrong + " answers were wrong.");
        return wrong;
    }

    private void reads(Statement statement) throws SQLException {
        title("One row by its vindex: one shard is asked");
        expect(statement, "select email from customer where customer_id = 1", "alice@domain.com");
        title("Several keys: each shard gets its own");
        expect(
                statement,
                "select customer_id, email from customer where customer_id in (2, 4, 5) order by customer_id",
                "2|bob@domain.com",
                "4|dan@domain.com",
                "5|eve@domain.com");
        title("No key: all shards are asked, and their rows merged");
        expect(
                statement,
                "select customer_id from customer where customer_id <= 5 order by customer_id desc limit 3",
                "5",
                "4",
                "3");
        expect(
                statement,
                "select count(*), sum(price), min(price), max(price) from corder where order_id <= 5",
                "5|220|30|100");
        title("A table of the unsharded keyspace");
        expect(statement, "select description, price from commerce.product where sku = 'SKU-1001'", "Monitor|100");
    }

    private void writes(Statement statement) throws SQLException {
        title("The key comes from a Vitess sequence");
        execute(statement, "insert into customer(email) values('frank@domain.com')");
        String id = one(statement, "select last_insert_id()");
        expect(statement, "select email from customer where customer_id = " + id, "frank@domain.com");
        execute(statement, "update customer set email = 'frank@example.com' where customer_id = " + id);
        expect(statement, "select email from customer where customer_id = " + id, "frank@example.com");
        execute(statement, "delete from customer where customer_id = " + id);
        expect(statement, "select email from customer where customer_id = " + id);
    }

    private void transactions(Statement statement) throws SQLException {
        title("A transaction over both shards, rolled back");
        execute(statement, "begin");
        execute(statement, "update corder set price = price + 1 where order_id <= 5");
        expect(statement, "select sum(price) from corder where order_id <= 5", "225");
        execute(statement, "rollback");
        expect(statement, "select sum(price) from corder where order_id <= 5", "220");
        title("A transaction over both shards, committed");
        execute(statement, "begin");
        execute(statement, "update corder set price = price + 1 where customer_id = 1");
        execute(statement, "update corder set price = price - 1 where customer_id = 4");
        execute(statement, "commit");
        expect(
                statement,
                "select customer_id, price from corder where customer_id in (1, 4) order by customer_id",
                "1|101",
                "4|29");
        execute(statement, "update corder set price = price - 1 where customer_id = 1");
        execute(statement, "update corder set price = price + 1 where customer_id = 4");
    }

    private void targets(Statement statement) throws SQLException {
        title("One shard by name");
        execute(statement, "use `customer:-80`");
        String left = one(statement, "select count(*) from customer where customer_id <= 5");
        execute(statement, "use `customer:80-`");
        String right = one(statement, "select count(*) from customer where customer_id <= 5");
        check("rows of -80 plus rows of 80-", "5", Integer.toString(Integer.parseInt(left) + Integer.parseInt(right)));
        if (replicas) {
            title("Reads from the replicas");
            execute(statement, "use `customer@replica`");
            expect(statement, "select email from customer where customer_id = 3", "charlie@domain.com");
        }
        execute(statement, "use customer");
        title("What the gate knows of its cluster");
        expect(statement, "show vitess_shards", "commerce/0", "customer/-80", "customer/80-");
        print(statement, "show vitess_tablets");
    }

    private void refusals(Statement statement) throws SQLException {
        title("MySQL's own errors arrive unchanged");
        expectError(statement, "insert into customer(customer_id, email) values(1, 'again')", 1062, "23000");
        title("What cannot be answered exactly is refused by name");
        expectError(statement, "replace into customer(customer_id, email) values(1, 'other')", 1235, "42000");
    }

    private void title(String text) {
        out.println();
        out.println("-- " + text);
    }

    private void execute(Statement statement, String sql) throws SQLException {
        out.println("mysql> " + sql + ";");
        boolean rows = statement.execute(sql);
        if (!rows) {
            out.println("OK, " + statement.getUpdateCount() + " rows affected");
        }
    }

    private void expect(Statement statement, String sql, String... expected) throws SQLException {
        check("answer", String.join("\n", expected), String.join("\n", print(statement, sql)));
    }

    private void expectError(Statement statement, String sql, int errno, String sqlState) {
        out.println("mysql> " + sql + ";");
        try {
            statement.execute(sql);
            check("error", "ERROR " + errno + " (" + sqlState + ")", "no error");
        } catch (SQLException e) {
            out.println("ERROR " + e.getErrorCode() + " (" + e.getSQLState() + "): " + e.getMessage());
            check(
                    "error",
                    "ERROR " + errno + " (" + sqlState + ")",
                    "ERROR " + e.getErrorCode() + " (" + e.getSQLState() + ")");
        }
    }

    private void check(String what, String expected, String actual) {
        if (!expected.equals(actual)) {
            wrong++;
            out.println("WRONG " + what + ", expected:\n" + expected);
        }
    }

    private String one(Statement statement, String sql) throws SQLException {
        List<String> rows = print(statement, sql);
        return rows.isEmpty() ? "" : rows.get(0);
    }

    private List<String> print(Statement statement, String sql) throws SQLException {
        out.println("mysql> " + sql + ";");
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData meta = rows.getMetaData();
            List<String> header = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                header.add(meta.getColumnLabel(i));
            }
            out.println("  " + String.join("|", header));
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join("|", values));
                out.println("  " + lines.get(lines.size() - 1));
            }
        }
        return lines;
    }
}
