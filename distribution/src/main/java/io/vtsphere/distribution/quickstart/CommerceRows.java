package io.vtsphere.distribution.quickstart;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Loads the example's rows through the gate, once. Stateless. */
final class CommerceRows {
    private CommerceRows() {}

    static void load(Settings settings) throws SQLException, IOException {
        String url = "jdbc:mysql://127.0.0.1:" + settings.gatePort() + "/customer?user=root&sslMode=DISABLED";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            // all or nothing: a start that was cut off here loads them the next time
            connection.setAutoCommit(false);
            try (ResultSet count = statement.executeQuery("select count(*) from customer")) {
                count.next();
                if (count.getLong(1) > 0) {
                    return;
                }
            }
            for (String sql : MySqlFleet.resource("rows.sql").split(";\\s*\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql.replaceFirst(";\\s*$", ""));
                }
            }
            connection.commit();
        }
    }
}
