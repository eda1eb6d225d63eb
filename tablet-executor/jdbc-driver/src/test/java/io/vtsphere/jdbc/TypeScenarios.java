package io.vtsphere.jdbc;

import static io.vtsphere.jdbc.Scenarios.execute;
import static io.vtsphere.jdbc.Scenarios.query;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;

/** Values of every type, read and written in every way. Each scenario makes its own table. */
final class TypeScenarios {
    private TypeScenarios() {}

    private static final String[] COLUMNS = {
        "c_tinyint TINYINT",
        "c_tinyint1 TINYINT(1)",
        "c_utinyint TINYINT UNSIGNED",
        "c_smallint SMALLINT",
        "c_mediumint MEDIUMINT UNSIGNED",
        "c_int INT",
        "c_uint INT UNSIGNED ZEROFILL",
        "c_bigint BIGINT",
        "c_ubigint BIGINT UNSIGNED",
        "c_decimal DECIMAL(20,4)",
        "c_float FLOAT",
        "c_double DOUBLE",
        "c_bit BIT(1)",
        "c_bits BIT(20)",
        "c_date DATE",
        "c_datetime DATETIME",
        "c_datetime6 DATETIME(6)",
        "c_timestamp TIMESTAMP(3) NULL",
        "c_time TIME",
        "c_time3 TIME(3)",
        "c_year YEAR",
        "c_char CHAR(5)",
        "c_varchar VARCHAR(20)",
        "c_latin VARCHAR(20) CHARACTER SET latin1",
        "c_binary BINARY(4)",
        "c_varbinary VARBINARY(20)",
        "c_text TEXT",
        "c_blob BLOB",
        "c_enum ENUM('a','b')",
        "c_set SET('x','y','z')",
        "c_json JSON",
        "c_point POINT"
    };
    private static final String[] ROWS = {
        "-128, 1, 255, -32768, 16777215, -2147483648, 42, -9223372036854775808, 18446744073709551615, "
                + "1234567890123456.7890, 1.5, 1e100, b'1', b'10101', '2024-02-29', '2024-02-29 23:59:59', "
                + "'2024-02-29 23:59:59.000120', '2024-02-29 23:59:59.5', '-12:34:56', '838:59:58.250', 1999, 'ab', "
                + "'日本 ü', 'ü', x'01ff', x'00ff80', 'text', x'ff00ff', 'b', 'x,z', '{\"a\": [1, null, \"ü\"]}', "
                + "ST_GeomFromText('POINT(1 2)')",
        "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.25, 0, b'0', b'0', '0000-00-00', '0000-00-00 00:00:00', "
                + "'0000-00-00 00:00:00', '1970-01-02 00:00:01', '00:00:00', '00:00:00', 0, '', '', '', '', '', '', '', 'a', '', "
                + "'null', NULL",
        "NULL" + ", NULL".repeat(COLUMNS.length - 1)
    };

    static void types(Connection connection, Transcript t) throws SQLException {
        execute(
                connection,
                "DROP TABLE IF EXISTS types",
                "CREATE TABLE types(id INT PRIMARY KEY, " + String.join(", ", COLUMNS) + ")",
                "SET sql_mode = 'ALLOW_INVALID_DATES'");
        for (int i = 0; i < ROWS.length; i++) {
            execute(connection, "INSERT INTO types VALUES (" + i + ", " + ROWS[i] + ")");
        }
        for (String sql :
                new String[] {"SELECT * FROM types ORDER BY id", "SELECT * FROM types WHERE id >= ? ORDER BY id"}) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                if (sql.contains("?")) {
                    statement.setInt(1, 0);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    describe(rows.getMetaData(), t);
                    while (rows.next()) {
                        for (int i = 1; i <= COLUMNS.length + 1; i++) {
                            getters(rows, i, t);
                        }
                    }
                }
            }
        }
    }

    private static void describe(ResultSetMetaData columns, Transcript t) throws SQLException {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            t.say(
                    columns.getColumnLabel(i),
                    columns.getColumnName(i) + " " + columns.getColumnType(i) + " " + columns.getColumnTypeName(i) + " "
                            + columns.getColumnClassName(i) + " " + columns.getPrecision(i) + " " + columns.getScale(i)
                            + " " + columns.isSigned(i) + " " + columns.isNullable(i) + " " + columns.isAutoIncrement(i)
                            + " " + columns.getColumnDisplaySize(i) + " " + columns.isCaseSensitive(i) + " "
                            + columns.getTableName(i));
        }
    }

    private static void getters(ResultSet rows, int i, Transcript t) throws SQLException {
        String name = rows.getMetaData().getColumnLabel(i);
        t.attempt(name + " object", () -> {
            Object value = rows.getObject(i);
            return value == null
                    ? null
                    : value.getClass().getSimpleName() + " " + (value instanceof byte[] ? "" : value);
        });
        t.attempt(name + " null", rows::wasNull);
        t.attempt(name + " string", () -> rows.getString(i));
        t.attempt(name + " bytes", () -> rows.getBytes(i));
        t.attempt(name + " long", () -> rows.getLong(i));
        t.attempt(name + " int", () -> rows.getInt(i));
        t.attempt(name + " boolean", () -> rows.getBoolean(i));
        t.attempt(name + " double", () -> rows.getDouble(i));
        t.attempt(name + " decimal", () -> rows.getBigDecimal(i));
        t.attempt(name + " date", () -> rows.getDate(i));
        t.attempt(name + " time", () -> rows.getTime(i));
        t.attempt(name + " timestamp", () -> rows.getTimestamp(i));
        t.attempt(name + " local", () -> rows.getObject(i, LocalDateTime.class));
    }

    static void parameters(Connection connection, Transcript t) throws SQLException {
        execute(
                connection,
                "DROP TABLE IF EXISTS p",
                "CREATE TABLE p(id INT PRIMARY KEY, s VARCHAR(50), b VARBINARY(50), d DECIMAL(20,5), f DOUBLE, l BIGINT, "
                        + "da DATE, ti TIME(3), ts DATETIME(6), bo BOOLEAN, te TEXT, bl BLOB)");
        String sql = "INSERT INTO p VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            t.say("parameters", insert.getParameterMetaData().getParameterCount());
            insert.setInt(1, 1);
            insert.setString(2, "it's \\ \"日本\" \u0000 😀");
            insert.setBytes(3, new byte[] {0, 1, (byte) 0xff, '\'', '\\', (byte) 0x80});
            insert.setBigDecimal(4, new BigDecimal("-12345.67890"));
            insert.setDouble(5, -1.5e-10);
            insert.setLong(6, Long.MIN_VALUE);
            insert.setDate(7, Date.valueOf("2024-02-29"));
            insert.setTime(8, Time.valueOf("01:02:03"));
            insert.setTimestamp(9, Timestamp.valueOf("2024-02-29 01:02:03.123456"));
            insert.setBoolean(10, true);
            insert.setCharacterStream(11, new StringReader("stream ü"));
            insert.setBinaryStream(12, new ByteArrayInputStream(new byte[] {9, 8, 7, (byte) 200}));
            t.say("first", insert.executeUpdate());
            insert.clearParameters();
            insert.setInt(1, 2);
            for (int i = 2; i <= 12; i++) {
                insert.setNull(i, Types.VARCHAR);
            }
            t.say("second", insert.executeUpdate());
            insert.setObject(1, 3);
            insert.setObject(2, 'c');
            insert.setObject(4, 5L);
            insert.setObject(5, 2.5f);
            insert.setObject(6, (short) -3);
            insert.setObject(9, LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_000));
            insert.setObject(10, false);
            t.attempt("third", insert::executeUpdate);
        }
        query(connection, t, "SELECT id, s, hex(b), d, f, l, da, ti, ts, bo, te, hex(bl) FROM p ORDER BY id");
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM p WHERE s = ? OR b = ? OR l < ? OR ts = ?")) {
            select.setString(1, "c");
            select.setBytes(2, new byte[] {0, 1, (byte) 0xff, '\'', '\\', (byte) 0x80});
            select.setLong(3, 0);
            select.setTimestamp(4, Timestamp.valueOf("2024-02-29 01:02:03.123456"));
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = select.executeQuery()) {
                    t.rows("again", rows);
                }
            }
        }
        try (PreparedStatement limit = connection.prepareStatement("SELECT id, ? FROM p ORDER BY id LIMIT ?, ?")) {
            limit.setString(1, "x");
            limit.setInt(2, 1);
            limit.setInt(3, 2);
            try (ResultSet rows = limit.executeQuery()) {
                t.rows("limit", rows);
            }
        }
    }

    static void longValues(Connection connection, Transcript t) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS l", "CREATE TABLE l(id INT PRIMARY KEY, b LONGBLOB, t LONGTEXT)");
        byte[] bytes = new byte[3_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        String text = "日本ü".repeat(100_000);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO l VALUES (1, ?, ?)")) {
            insert.setBytes(1, bytes);
            insert.setString(2, text);
            t.say("insert", insert.executeUpdate());
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT b, t, length(b), char_length(t) FROM l")) {
            rows.next();
            t.say("bytes", rows.getBytes(1));
            t.say("text", rows.getString(2).getBytes(StandardCharsets.UTF_8));
            t.say("lengths", rows.getLong(3) + " " + rows.getLong(4));
            t.say("blob", rows.getBlob(1).length());
            t.say("clob", rows.getClob(2).length());
        }
    }
}
