package io.vtsphere.tablet.mysql;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.vtsphere.mysql.PacketDecoder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Makes connections to one MySQL: TCP, login, and the check that the session is as Vitess needs it.
 *
 * <p>Thread-safe.
 */
public final class MysqlConnector implements MysqlConnection.Killer {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    /** MySQL's own upper bound of max_allowed_packet, 1 GiB. */
    static final int MAX_PACKET = 1 << 30;
    /** Limits the login, and each KILL. */
    static final long LOGIN_TIMEOUT_NANOS = 5_000_000_000L;

    private static final String SESSION_CHECK =
            "select @@session.sql_mode, @@session.autocommit, @@session.sql_auto_is_null";

    private final EventLoops loops;
    private final MysqlAddress address;
    private final LongSupplier ticker;

    public MysqlConnector(EventLoops loops, MysqlAddress address, LongSupplier ticker) {
        this.loops = loops;
        this.address = address;
        this.ticker = ticker;
    }

    public MysqlAddress address() {
        return address;
    }

    /** Connects on that loop, checks the session, and answers on it. */
    public void connect(EventLoop loop, boolean foundRows, Callback<MysqlConnection> callback) {
        login(loop, foundRows, new Callback<>() {
            @Override
            public void success(MysqlConnection connection) {
                check(connection, callback);
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }

    private void login(EventLoop loop, boolean foundRows, Callback<MysqlConnection> callback) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new PacketDecoder(MAX_PACKET))
                                .addLast(new Login(address, foundRows, MysqlConnector.this, ticker, callback));
                    }
                });
        bootstrap.connect(address.host(), address.port()).addListener(future -> {
            if (!future.isSuccess()) {
                callback.failure(new MysqlException(
                        MysqlException.CONNECT_FAILED,
                        "HY000",
                        "Can't connect to MySQL server on '" + address.host() + ":" + address.port() + "' ("
                                + future.cause().getMessage() + ")"));
            }
        });
    }

    private void check(MysqlConnection connection, Callback<MysqlConnection> callback) {
        QueryControl control = new QueryControl(ticker.getAsLong(), ticker.getAsLong() + LOGIN_TIMEOUT_NANOS);
        SimpleQuery.run(connection, SESSION_CHECK, control, new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows rows) {
                String mode = String.valueOf(rows.text(0, 0)).toUpperCase(Locale.ROOT);
                if (!mode.contains("STRICT_TRANS_TABLES") && !mode.contains("STRICT_ALL_TABLES")) {
                    refuse("require sql_mode to be STRICT_TRANS_TABLES or STRICT_ALL_TABLES: got '" + mode + "'");
                } else if (!"1".equals(rows.text(0, 1))) {
                    refuse("require autocommit to be 1: got " + rows.text(0, 1));
                } else if (!"0".equals(rows.text(0, 2))) {
                    refuse("require sql_auto_is_null to be 0: got " + rows.text(0, 2));
                } else {
                    GtidTracking.enable(connection, control, callback);
                }
            }

            @Override
            public void failure(RuntimeException error) {
                connection.close();
                callback.failure(error);
            }

            private void refuse(String message) {
                connection.close();
                callback.failure(VtException.of(Code.FAILED_PRECONDITION, message));
            }
        });
    }

    /** Kills through a fresh connection: it must get through when every pooled one hangs. */
    @Override
    public void kill(long threadId, boolean connection, Runnable done) {
        String sql = (connection ? "kill " : "kill query ") + threadId;
        login(loops.get(loops.current()), false, new Callback<>() {
            @Override
            public void success(MysqlConnection side) {
                QueryControl control = new QueryControl(ticker.getAsLong(), QueryControl.NEVER);
                SimpleQuery.run(side, sql, control, new Callback<>() {
                    @Override
                    public void success(SimpleQuery.Rows rows) {
                        finish();
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        // 1094, unknown thread: it has ended by itself. Any other: the connection is closed after its
                        // grace.
                        finish();
                    }

                    private void finish() {
                        side.close();
                        done.run();
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                done.run();
            }
        });
    }
}
