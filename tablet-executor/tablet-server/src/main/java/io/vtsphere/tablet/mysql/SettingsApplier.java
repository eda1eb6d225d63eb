package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a pooled connection the settings that a call wants, and takes away those of another call.
 *
 * <p>Thread-safe. A connection whose settings failed half way is closed: nobody knows what it has.
 */
public final class SettingsApplier {
    private static final String CHARSET = "set names utf8mb4";

    /** @param preQueries {@code set} statements; empty for a plain connection */
    public void apply(
            MysqlConnection connection,
            List<String> preQueries,
            QueryControl control,
            Callback<MysqlConnection> callback) {
        String wanted = preQueries.isEmpty() ? null : String.join(";", preQueries);
        String present = connection.settings();
        if (wanted == null ? present == null : wanted.equals(present)) {
            callback.success(connection);
        } else if (present == null) {
            run(connection, preQueries, 0, wanted, control, callback);
        } else {
            reset(connection, preQueries, wanted, control, callback);
        }
    }

    private void reset(
            MysqlConnection connection,
            List<String> preQueries,
            @Nullable String wanted,
            QueryControl control,
            Callback<MysqlConnection> callback) {
        Callback<SimpleQuery.Rows> then = new Step(connection, callback) {
            @Override
            public void success(SimpleQuery.Rows ignored) {
                SimpleQuery.run(connection, CHARSET, control, new Step(connection, callback) {
                    @Override
                    public void success(SimpleQuery.Rows rows) {
                        connection.settings(null);
                        GtidTracking.enable(connection, control, new Tracked(callback) {
                            @Override
                            public void success(MysqlConnection ready) {
                                run(connection, preQueries, 0, wanted, control, callback);
                            }
                        });
                    }
                });
            }
        };
        SimpleQuery.command(connection, Commands.resetConnection(ByteBufAllocator.DEFAULT), control, then);
    }

    private void run(
            MysqlConnection connection,
            List<String> preQueries,
            int index,
            @Nullable String wanted,
            QueryControl control,
            Callback<MysqlConnection> callback) {
        if (index == preQueries.size()) {
            connection.settings(wanted);
            callback.success(connection);
            return;
        }
        SimpleQuery.run(connection, preQueries.get(index), control, new Step(connection, callback) {
            @Override
            public void success(SimpleQuery.Rows ignored) {
                run(connection, preQueries, index + 1, wanted, control, callback);
            }
        });
    }

    private abstract static class Tracked implements Callback<MysqlConnection> {
        private final Callback<MysqlConnection> callback;

        Tracked(Callback<MysqlConnection> callback) {
            this.callback = callback;
        }

        @Override
        public void failure(RuntimeException error) {
            callback.failure(error);
        }
    }

    private abstract static class Step implements Callback<SimpleQuery.Rows> {
        private final MysqlConnection connection;
        private final Callback<MysqlConnection> callback;

        Step(MysqlConnection connection, Callback<MysqlConnection> callback) {
            this.connection = connection;
            this.callback = callback;
        }

        @Override
        public void failure(RuntimeException error) {
            connection.close();
            callback.failure(error);
        }
    }
}
