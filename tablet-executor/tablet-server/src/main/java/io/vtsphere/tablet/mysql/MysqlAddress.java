package io.vtsphere.tablet.mysql;

/**
 * Where MySQL is and how to log in.
 *
 * @param database that connections begin in; it must exist
 */
public record MysqlAddress(String host, int port, String user, String password, String database) {
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
