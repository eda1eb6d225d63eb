package io.vtsphere.shardingsphere.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointScanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from customer where customer_id = 3",
                "SELECT a, count(*) FROM `customer` AS c WHERE c.customer_id = ? AND age > 3 LIMIT 1",
                "UPDATE customer SET age = age + 1 WHERE age = 2 AND `customer_id` = '3';",
                "DELETE FROM customer WHERE customer_id = 3 ORDER BY age",
                "SELECT * FROM stock WHERE sku = 3 AND region = 4",
                "SELECT * FROM customer WHERE customer_id = 3 AND name IN ('a', 'b') FOR UPDATE",
            })
    void oneTable_withItsShardingColumnsGiven_isAPoint(String sql) {
        assertThat(PointScan.isPoint(sql, new KnownTables())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select",
                "SELECT * FROM",
                "SELECT * FROM customer",
                "SELECT * FROM customer WHERE age = 3",
                "SELECT * FROM setting WHERE customer_id = 3",
                "SELECT * FROM hinted WHERE customer_id = 3",
                "SELECT * FROM customer, orders WHERE customer_id = 3",
                "SELECT * FROM customer c JOIN orders o WHERE c.customer_id = 3",
                "SELECT * FROM customer WHERE customer_id = 3 OR age = 1",
                "SELECT * FROM customer WHERE customer_id = 3 || age = 1",
                "SELECT * FROM customer WHERE NOT customer_id = 3",
                "SELECT * FROM customer WHERE age = 1 AND NOT customer_id = 3",
                "SELECT * FROM customer WHERE age = 1 AND ! customer_id = 3",
                "SELECT * FROM customer WHERE customer_id = 3 + 1",
                "SELECT * FROM customer WHERE customer_id = -3",
                "SELECT * FROM customer WHERE customer_id = 3 = 0",
                "SELECT * FROM customer WHERE (1 AND customer_id = 3 AND 1) = 0",
                "SELECT * FROM customer WHERE age = customer.customer_id = 3",
                "SELECT * FROM customer WHERE customer_id = 3 AND customer_id = '3'",
                "SELECT * FROM customer WHERE age BETWEEN 1 AND customer_id = 3",
                "SELECT * FROM customer WHERE customer_id = 3 AND age = (SELECT 1)",
                "SELECT * FROM customer WHERE customer_id = 3 UNION SELECT * FROM customer",
                "SELECT avg(DISTINCT age) FROM customer WHERE customer_id = 3",
                "SELECT * FROM stock WHERE region = 4",
                "SELECT * FROM stock WHERE region = 4 AND region = 4",
                "UPDATE customer SET customer_id = 4 WHERE customer_id = 3",
                "UPDATE customer SET age = (SELECT 1) WHERE customer_id = 3",
                "DELETE c FROM customer c WHERE customer_id = 3",
                "INSERT INTO customer (customer_id) VALUES (3)",
                "SELECT * FROM customer WHERE customer_id = 3 AND name = 'open",
            })
    void everythingElse_isNotKnownByItsWords(String sql) {
        assertThat(PointScan.isPoint(sql, new KnownTables())).isFalse();
    }
}
