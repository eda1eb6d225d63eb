package io.vtsphere.frontend;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A front end on a free port over a {@link FakeGate}. */
final class FrontendFixture implements AutoCloseable {
    static final Map<String, List<UserConfig>> USERS = Map.of(
            "root", List.of(UserConfig.withPassword("", "root_caller")),
            "app",
                    List.of(
                            UserConfig.withPassword("old", "app_old"),
                            new UserConfig("s3cret", "", "", "app_caller", List.of("writers"))),
            "hashed", List.of(new UserConfig("", "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", "", "h", List.of())),
            "sha2",
                    List.of(new UserConfig(
                            "",
                            "",
                            java.util.HexFormat.of().formatHex(io.vtsphere.mysql.CachingSha2Password.hash("päss")),
                            "s",
                            List.of())));

    final FakeGate gate = new FakeGate();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final MySqlFrontend frontend;
    final MySqlListener listener;
    private final EventLoopGroup loops = new NioEventLoopGroup(2);

    FrontendFixture() throws IOException {
        this(FrontendConfig.of(USERS));
    }

    FrontendFixture(FrontendConfig config) throws IOException {
        frontend = new MySqlFrontend(
                config,
                gate,
                sql -> Arrays.stream(sql.split(";"))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList(),
                registry);
        listener = MySqlListener.open(
                "127.0.0.1", 0, loops, NioServerSocketChannel.class, MySqlListener.initializer(frontend));
    }

    int port() {
        return listener.port();
    }

    RawClient client() throws IOException {
        return new RawClient(port());
    }

    RawClient client(int capabilities) throws IOException {
        return new RawClient(port(), capabilities);
    }

    @Override
    public void close() {
        listener.close();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
