package io.vtsphere.tablet.mysql;

/** Has MySQL name the GTID of each commit, for gates whose clients want to read their own writes on replicas. Stateless. */
final class GtidTracking {
    private static final String TRACK = "set session session_track_gtids = 'OWN_GTID'";

    private GtidTracking() {}

    /** Hands the connection over also when MySQL knows no such thing: then its answers name no GTIDs, and gates ask the primary for them. */
    static void enable(MysqlConnection connection, QueryControl control, Callback<MysqlConnection> callback) {
        SimpleQuery.run(connection, TRACK, control, new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows rows) {
                callback.success(connection);
            }

            @Override
            public void failure(RuntimeException error) {
                if (connection.isOpen()) {
                    callback.success(connection);
                } else {
                    callback.failure(error);
                }
            }
        });
    }
}
