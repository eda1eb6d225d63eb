package io.vtsphere.shardingsphere.bundle;

import io.vtsphere.testkit.MySqlProcess;
import java.nio.file.Path;
import java.sql.SQLException;

/** Databases commerce_0 and commerce_1, which are shards, and whole, which holds the same rows in one: the judge of every answer. */
final class Commerce implements AutoCloseable {
    private static final String[] TABLES = {
        "CREATE TABLE customer(customer_id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(64))",
        "CREATE TABLE account(email VARCHAR(64) NOT NULL PRIMARY KEY, balance INT) COLLATE utf8mb4_0900_ai_ci",
        "CREATE TABLE session(session_id BIGINT UNSIGNED NOT NULL PRIMARY KEY, payload VARCHAR(64))",
        "CREATE TABLE orders(region TINYINT UNSIGNED NOT NULL, customer_id BIGINT NOT NULL, sku VARCHAR(64), "
                + "PRIMARY KEY(region, customer_id))",
        "CREATE TABLE note(customer_id BIGINT NOT NULL PRIMARY KEY, text VARCHAR(64))"
    };

    private final MySqlProcess mysql;

    Commerce(Path directory) throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory));
    }

    int port() {
        return mysql.port();
    }

    MySqlProcess mysql() {
        return mysql;
    }

    /** Empty tables everywhere. */
    void reset() throws SQLException {
        for (String database : new String[] {"commerce_0", "commerce_1", "whole"}) {
            mysql.execute("", "DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database);
            mysql.execute(database, TABLES);
        }
        mysql.execute(
                "commerce_0",
                "CREATE TABLE customer_seq(id INT, next_id BIGINT, cache BIGINT, PRIMARY KEY(id)) "
                        + "COMMENT 'vitess_sequence'",
                "INSERT INTO customer_seq VALUES (0, 1000, 5)");
    }

    @Override
    public void close() {
        mysql.close();
    }
}
