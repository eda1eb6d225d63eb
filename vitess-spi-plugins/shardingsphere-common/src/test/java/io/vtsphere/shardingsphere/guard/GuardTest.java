package io.vtsphere.shardingsphere.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final Set<String> ALL = Set.of("customer", "orders", "item", "stock", "hinted");
    private static final Routed EVERYWHERE = new Routed(2, ALL, List.of());
    private static final Routed ONE = new Routed(1, Set.of(), List.of());

    private static void check(String sql, Routed routed) {
        check(Host.V5_5, sql, routed);
    }

    private static void check(Host host, String sql, Routed routed) {
        new Guard(host).check(sql, new KnownTables(), routed);
    }

    @Test
    void refusal_isVT12001_withItsName() {
        assertThatThrownBy(() -> check("SELECT group_concat(name) FROM customer", EVERYWHERE))
                .isInstanceOfSatisfying(VtException.class, e -> {
                    assertThat(e.state()).isEqualTo(State.NOT_SUPPORTED_YET);
                    assertThat(e.errno()).isEqualTo(1235);
                    assertThat(e.sqlState()).isEqualTo("42000");
                })
                .hasMessage("VT12001: unsupported: GROUP_CONCAT over several shards");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM customer",
                "SELECT name FROM customer WHERE age = 1",
                "SELECT count(*) FROM customer",
                "SELECT count(name), sum(age), avg(age), min(seen), max(balance) FROM customer",
                "SELECT sum(age * balance + 1) FROM customer",
                "SELECT count(DISTINCT age) AS n FROM customer",
                "SELECT age, count(*) AS n FROM customer GROUP BY age ORDER BY age",
                "SELECT age AS a, count(*) AS n FROM customer GROUP BY 1 ORDER BY n DESC, a LIMIT 3",
                "SELECT customer_id, std(amount) FROM orders GROUP BY customer_id HAVING count(*) > 1",
                "SELECT customer_id, group_concat(sku) FROM orders GROUP BY customer_id",
                "SELECT DISTINCT age, balance FROM customer",
                "SELECT name FROM customer ORDER BY customer_id LIMIT 5 OFFSET 5",
                "SELECT c.name FROM customer c JOIN orders o ON c.customer_id = o.customer_id ORDER BY c.age",
                "SELECT c.name FROM customer c JOIN orders o USING (customer_id)",
                "SELECT c.name FROM customer c, orders o WHERE o.customer_id = c.customer_id",
                "SELECT c.name FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id",
                "SELECT c.name FROM customer c LEFT JOIN country t ON c.code = t.code",
                "SELECT name FROM customer WHERE customer_id NOT IN (1)",
                "SELECT name FROM customer FOR UPDATE",
                "UPDATE customer SET age = 1",
                "DELETE FROM customer WHERE age = 1",
                "INSERT INTO customer (customer_id, name) VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO customer (customer_id) VALUES (1) ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id)",
                "UPDATE country SET title = 'x'",
                "SELECT title FROM country",
                "SET NAMES utf8mb4",
                "TRUNCATE TABLE customer",
                "SELECT 1",
            })
    void overSeveralShards_whatTheHostMergesRight_passes(String sql) {
        check(sql, EVERYWHERE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT name FROM customer ORDER BY name | ORDER BY anything but columns of numbers and timestamps",
                "SELECT name FROM customer ORDER BY age + 1 | ORDER BY anything but",
                "SELECT * FROM customer ORDER BY 1 | ORDER BY anything but",
                "SELECT name, count(*) FROM customer GROUP BY name | GROUP BY anything but",
                "SELECT age, count(*) FROM customer GROUP BY age HAVING count(*) > 1 | HAVING",
                "SELECT age, count(*) FROM customer GROUP BY age WITH ROLLUP | WITH ROLLUP",
                "SELECT sum(age) / count(*) FROM customer | an expression over aggregates",
                "SELECT avg(balance) FROM customer | AVG of such an argument",
                "SELECT sum(score) FROM customer | SUM of such an argument",
                "SELECT max(name) FROM customer | MAX of such an argument",
                "SELECT std(age) FROM customer | STD of such an argument",
                "SELECT bit_xor(age) FROM customer | BIT_XOR of such an argument",
                "SELECT count(DISTINCT name) AS n FROM customer | COUNT(DISTINCT) of such an argument",
                "SELECT count(DISTINCT age) AS n, count(*) FROM customer | DISTINCT aggregates beside other columns",
                "SELECT name, count(*) FROM customer | columns beside aggregates without GROUP BY",
                "SELECT DISTINCT name FROM customer | DISTINCT of anything but",
                "SELECT DISTINCTROW age FROM customer | DISTINCTROW",
                "SELECT rank() OVER (ORDER BY age) FROM customer | window functions",
                "SELECT SQL_CALC_FOUND_ROWS name FROM customer LIMIT 1 | SQL_CALC_FOUND_ROWS",
                "SELECT name FROM customer INTO @x | SELECT … INTO",
                "SELECT @x := name FROM customer | user variables",
                "SELECT last_insert_id() | LAST_INSERT_ID()",
                "SELECT c.name FROM customer c JOIN orders o ON c.age = o.amount | a join other than on the sharding columns",
                "SELECT c.name FROM customer c JOIN item i ON c.customer_id = i.item_id | a join other than on the sharding",
                "SELECT c.name FROM customer c NATURAL JOIN orders o | NATURAL JOIN",
                "SELECT c.name FROM country t LEFT JOIN customer c ON c.code = t.code | an outer join that keeps",
                "SELECT c.name FROM customer c, setting s | a join with the unsharded table setting",
                "SELECT * FROM (SELECT name FROM customer) t | a subquery",
                "SELECT name FROM customer WHERE age > (SELECT avg(age) FROM customer) | a subquery",
                "SELECT name FROM customer UNION SELECT name FROM customer | UNION",
                "WITH q AS (SELECT * FROM customer) SELECT count(*) FROM q | WITH",
                "TABLE customer | TABLE",
                "UPDATE customer SET age = 1 LIMIT 2 | UPDATE … LIMIT",
                "UPDATE customer SET customer_id = 3 | UPDATE of the sharding column customer_id",
                "UPDATE customer c, orders o SET c.age = 1 WHERE c.customer_id = o.customer_id | UPDATE of joined tables",
                "DELETE FROM orders ORDER BY amount LIMIT 2 | DELETE … LIMIT",
                "DELETE o FROM orders o JOIN customer c USING (customer_id) | DELETE of joined tables",
                "DELETE FROM orders WHERE amount IN (SELECT age FROM customer) | a subquery",
                "INSERT INTO customer (customer_id) SELECT customer_id FROM orders | INSERT … SELECT",
                "INSERT INTO customer (customer_id) SELECT 1 | INSERT … SELECT",
                "INSERT INTO customer (customer_id) VALUES (1 + 1) | INSERT with an expression for the sharding column",
                "REPLACE INTO customer VALUES (abs(1), 'x', 3) | REPLACE with an expression for the sharding column",
                "INSERT INTO stock VALUES (1, 2) | INSERT without columns into a table",
                "INSERT INTO customer (customer_id) VALUES (1) ON DUPLICATE KEY UPDATE customer_id = 2 | ON DUPLICATE KEY",
                "INSERT INTO setting (k) SELECT age FROM customer | INSERT that reads a sharded table",
                "INSERT INTO country (code, title) VALUES (1, uuid()) | UUID()",
                "UPDATE country SET population = rand() | RAND()",
                "CREATE TABLE copy AS SELECT * FROM customer | CREATE … SELECT",
                "LOAD DATA INFILE 'x' INTO TABLE customer | LOAD DATA",
                "CALL p() | CALL",
                "SELECT FROM WHERE | a statement that cannot be read",
            })
    void overSeveralShards_whatTheHostMergesWrong_isRefused(String sql, String construct) {
        assertThatThrownBy(() -> check(sql, EVERYWHERE))
                .isInstanceOf(VtException.class)
                .hasMessageStartingWith("VT12001: unsupported: " + construct);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT group_concat(name), std(age) FROM customer WHERE customer_id = 3",
                "SELECT name FROM customer WHERE customer_id IN (3, 5) ORDER BY name",
                "SELECT name FROM customer WHERE customer_id = 3 OR customer_id = 5",
                "SELECT name FROM customer WHERE customer_id = -3",
                "SELECT name FROM customer WHERE 3 = customer_id AND age <> 5 AND name NOT IN ('a')",
                "SELECT name FROM customer WHERE customer_id BETWEEN 3 AND 3 AND customer_id <> 4",
                "SELECT age FROM customer WHERE customer_id = 3 UNION SELECT amount FROM orders WHERE customer_id = 3",
                "SELECT name FROM customer c WHERE customer_id = 3 AND EXISTS (SELECT 1 FROM orders o WHERE "
                        + "o.customer_id = c.customer_id)",
                "SELECT name, (SELECT max(amount) FROM orders WHERE customer_id = 3) FROM customer WHERE customer_id = 3",
                "SELECT * FROM (SELECT name FROM customer WHERE customer_id = 3) t",
                "SELECT c.name FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id WHERE c.customer_id = 3",
                "SELECT c.name FROM customer c, orders o WHERE c.customer_id = 3 AND o.customer_id = 3",
                "SELECT c.name FROM customer c, setting s WHERE c.customer_id = 3",
                "WITH q AS (SELECT * FROM customer WHERE customer_id = 3) SELECT * FROM q",
                "SELECT * FROM stock WHERE region = 1 AND sku = 2",
                "UPDATE customer SET age = 1 WHERE customer_id = 3 LIMIT 1",
                "UPDATE customer SET customer_id = 3, age = 1 WHERE customer_id = 3",
                "UPDATE customer c, orders o SET c.age = 1 WHERE c.customer_id = o.customer_id AND o.customer_id = 3",
                "DELETE FROM orders WHERE customer_id = 3 ORDER BY amount LIMIT 1",
                "SELECT name FROM hinted WHERE anything NOT IN (3)",
            })
    void onOneShard_thatTheStatementNames_passes(String sql) {
        check(sql, ONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT name FROM customer WHERE customer_id NOT IN (3) | NOT IN of a sharding column",
                "SELECT name FROM customer WHERE NOT (customer_id = 3) | NOT over a sharding column",
                "SELECT name FROM customer WHERE !(customer_id = 3) | NOT over a sharding column",
                "SELECT name FROM customer WHERE customer_id NOT BETWEEN 3 AND 4 | NOT BETWEEN of a sharding column",
                "SELECT name FROM customer WHERE customer_id IN (3, 1 + 1) | IN of a sharding column with an expression",
                "SELECT name FROM customer WHERE customer_id IN (3, NULL) | IN of a sharding column with an expression",
                "SELECT name FROM customer WHERE (customer_id, age) IN ((3, 4)) | IN of a sharding column",
                "SELECT name FROM customer WHERE (customer_id = 3) = 0 | an expression over a sharding column",
                "SELECT name FROM customer WHERE (1 AND customer_id = 3 AND 1) = 0 | an expression over a sharding column",
                "SELECT name FROM customer WHERE age = customer_id = 3 | an expression over a sharding column",
                "SELECT name FROM customer WHERE customer_id = 3 XOR age = 3 | an expression over a sharding column",
                "SELECT name FROM customer WHERE 3 < customer_id | a sharding column on the right of <",
                "SELECT name FROM customer WHERE customer_id = 3 AND customer_id = '3' | values of different types",
                "INSERT INTO customer (customer_id, age) VALUES (3, (SELECT max(amount) FROM orders)) | INSERT that reads",
                "SELECT name FROM customer WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = 3) | a subquery or UNION",
                "SELECT name, (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.customer_id = 3) FROM customer c "
                        + "| a subquery or UNION that does not name the sharding columns of table customer",
                "SELECT name FROM customer WHERE customer_id = 3 AND EXISTS (SELECT 1 FROM orders WHERE customer_id = 5) "
                        + "| different values of sharding columns",
                "SELECT a.name FROM customer a, customer b WHERE a.customer_id = 3 AND b.customer_id = 5 | different values",
                "SELECT a.name FROM customer a, customer b WHERE a.customer_id = 3 AND a.age = b.age | a join other than",
                "SELECT c.name FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id AND o.customer_id = 3 "
                        + "| a condition on a sharding column in ON of an outer join",
                "SELECT c.name FROM customer c, setting s WHERE c.age = s.k | sharded tables beside unsharded ones",
                "UPDATE setting SET v = (SELECT count(*) FROM customer) | sharded tables beside unsharded ones",
                "UPDATE customer SET customer_id = 5 WHERE customer_id = 3 | UPDATE of the sharding column customer_id",
                "DELETE FROM orders WHERE customer_id <> 3 AND NOT customer_id = 5 | NOT over a sharding column",
                "SELECT avg(DISTINCT age) AS a FROM customer WHERE customer_id = 3 | AVG(DISTINCT)",
            })
    void onOneShard_thatTheHostReadOutOfSomethingElse_isRefused(String sql, String construct) {
        assertThatThrownBy(() -> check(sql, ONE))
                .isInstanceOf(VtException.class)
                .hasMessageStartingWith("VT12001: unsupported: " + construct);
    }

    @Test
    void whereTheHostReachesEveryPlace_itsReadingDoesNotMatter() {
        check("SELECT name FROM customer WHERE customer_id NOT IN (3)", EVERYWHERE);
        assertThatThrownBy(() -> check(
                        "SELECT name FROM customer WHERE customer_id NOT IN (3)",
                        new Routed(2, Set.of("item"), List.of())))
                .hasMessageContaining("NOT IN of a sharding column");
        check(
                "SELECT c.name FROM customer c JOIN orders o USING (customer_id) WHERE NOT (c.customer_id = 3)",
                new Routed(2, Set.of("orders"), List.of()));
    }

    @Test
    void parameters_ofOneValueInTwoTypes_areTwoValuesToTheHost() {
        String sql = "SELECT name FROM customer WHERE customer_id = ? AND customer_id IN (?)";
        check(sql, new Routed(1, Set.of(), List.of(3L, 3L)));
        assertThatThrownBy(() -> check(sql, new Routed(1, Set.of(), List.of(3L, 3))))
                .hasMessageContaining("values of different types");
        assertThatThrownBy(() -> check(sql, new Routed(1, Set.of(), java.util.Arrays.asList(3L, null))))
                .hasMessageContaining("IN of a sharding column with an expression");
    }

    @Test
    void line51_readsNoSign_knowsNoCommonTables_namesNoDistinctAggregates() {
        for (String sql : List.of(
                "SELECT name FROM customer WHERE customer_id = -3",
                "INSERT INTO customer (customer_id) VALUES (-3)",
                "WITH q AS (SELECT * FROM customer WHERE customer_id = 3) SELECT * FROM q",
                "SELECT count(DISTINCT age) FROM customer WHERE customer_id = 3")) {
            check(Host.V5_5, sql, ONE);
            assertThatThrownBy(() -> check(Host.V5_1, sql, ONE))
                    .as(sql)
                    .isInstanceOf(VtException.class)
                    .hasMessageStartingWith("VT12001");
        }
    }

    @Test
    void line55_mixesUpDistinctWithParameters() {
        Routed routed = new Routed(2, ALL, List.of(3));
        String sql = "SELECT DISTINCT age FROM customer WHERE age > ?";
        check(Host.V5_1, sql, routed);
        assertThatThrownBy(() -> check(Host.V5_5, sql, routed)).hasMessageContaining("DISTINCT with parameters");
    }
}
