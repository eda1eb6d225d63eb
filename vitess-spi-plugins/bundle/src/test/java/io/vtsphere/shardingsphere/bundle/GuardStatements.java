package io.vtsphere.shardingsphere.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Statements by chance over the tables of {@link GuardTables}; the same for the same seed. Not thread-safe. */
final class GuardStatements {
    private static final String[] NUMBERS = {"customer_id", "age", "balance"};
    private static final String[] COLUMNS = {"customer_id", "age", "balance", "name", "code", "seen", "email"};

    private final Random random;
    private List<Object> values = List.of();

    GuardStatements(long seed) {
        this.random = new Random(seed);
    }

    /**
     * One statement in two forms.
     *
     * @param text with its values as literals
     * @param marked with parameter markers
     */
    record Statement(String text, String marked, List<Object> values) {}

    Statement next() {
        values = new ArrayList<>();
        String sql = random.nextInt(8) == 0 ? write() : select();
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (char c : sql.toCharArray()) {
            if (c == '?') {
                Object value = values.get(next++);
                text.append(value instanceof Number ? value.toString() : "'" + value + "'");
            } else {
                text.append(c);
            }
        }
        return new Statement(text.toString(), sql, values);
    }

    private String write() {
        return switch (random.nextInt(4)) {
            case 0 ->
                "INSERT INTO customer(customer_id, name, age) VALUES (" + value(1000 + random.nextInt(100_000)) + ", "
                        + value("r") + ", " + value(random.nextInt(50)) + ")";
            case 1 ->
                "UPDATE customer SET age = " + value(random.nextInt(40)) + " WHERE " + condition("customer", "", 2);
            case 2 -> "UPDATE orders SET amount = amount + 1 WHERE " + condition("orders", "", 1);
            default -> "DELETE FROM orders WHERE " + condition("orders", "", 2);
        };
    }

    private String select() {
        return switch (random.nextInt(6)) {
            case 0 ->
                "SELECT "
                        + pick(
                                "count(*)",
                                "sum(age)",
                                "min(balance)",
                                "max(seen)",
                                "avg(age)",
                                "max(name)",
                                "count(DISTINCT age)",
                                "sum(balance)")
                        + " AS a FROM customer WHERE "
                        + condition("customer", "", 2);
            case 1 -> {
                String by = pick("age", "balance", "code", "customer_id");
                yield "SELECT " + by + ", " + pick("count(*)", "sum(age)", "min(balance)", "max(age)", "avg(age)")
                        + " AS a FROM customer WHERE " + condition("customer", "", 1) + " GROUP BY " + by
                        + pick("", " HAVING count(*) > 1") + " ORDER BY " + by + pick("", " LIMIT 3", " DESC");
            }
            case 2 ->
                "SELECT c.customer_id, o.order_id FROM customer c "
                        + pick("JOIN", "LEFT JOIN", "JOIN") + " orders o ON "
                        + pick(
                                "c.customer_id = o.customer_id",
                                "c.customer_id = o.customer_id",
                                "c.customer_id = o.order_id")
                        + (random.nextInt(3) == 0 ? " AND " + condition("orders", "o.", 0) : "") + " WHERE "
                        + condition("customer", "c.", 1) + " ORDER BY c.customer_id, o.order_id";
            case 3 ->
                "SELECT customer_id FROM customer c WHERE " + condition("customer", "c.", 0) + pick(" AND", " OR")
                        + pick(" EXISTS", " NOT EXISTS") + " (SELECT 1 FROM orders o WHERE "
                        + pick("o.customer_id = c.customer_id AND ", "") + condition("orders", "o.", 1)
                        + ") ORDER BY customer_id";
            case 4 -> "SELECT DISTINCT " + pick(COLUMNS) + " FROM customer WHERE " + condition("customer", "", 1);
            default -> {
                String first = pick(NUMBERS);
                yield "SELECT customer_id, " + pick(COLUMNS) + " AS x FROM customer WHERE "
                        + condition("customer", "", 3) + " ORDER BY " + first + pick("", " DESC")
                        + (first.equals("customer_id") ? "" : ", customer_id")
                        + pick("", " LIMIT 4", " LIMIT 3 OFFSET 2");
            }
        };
    }

    private String condition(String table, String alias, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            Supplier<String> inner = () -> condition(table, alias, depth - 1);
            return switch (random.nextInt(4)) {
                case 0 -> "(" + inner.get() + " OR " + inner.get() + ")";
                case 1 -> "NOT (" + inner.get() + ")";
                default -> inner.get() + " AND " + inner.get();
            };
        }
        String key = alias + "customer_id";
        String other = alias + (table.equals("customer") ? "age" : "amount");
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> key + " = " + value(id());
            case 3 -> key + pick(" IN (", " NOT IN (") + value(id()) + ", " + value(id()) + ")";
            case 4 -> key + " BETWEEN " + value(id()) + " AND " + value(id() + 10);
            case 5 -> key + pick(" > ", " < ", " <> ", " >= ") + value(id());
            case 6 -> value(id()) + pick(" = ", " < ", " >= ") + key;
            case 7 -> key + " = " + value(Integer.toString(id()));
            default -> other + pick(" = ", " > ", " < ") + value(random.nextInt(30));
        };
    }

    private int id() {
        return 1 + random.nextInt(42);
    }

    /** A marker, in the order of the text: operands of a concatenation are evaluated from left to right. */
    private String value(Object value) {
        values.add(value);
        return "?";
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
