package io.vtsphere.distribution.vtctl;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.vitess.proto.Topodata;
import io.vitess.proto.grpc.TabletManagerGrpc;
import io.vitess.proto.grpc.TabletManagerGrpc.TabletManagerBlockingStub;
import io.vitess.proto.grpc.Tabletmanagerservice.ChangeTypeRequest;
import io.vitess.proto.grpc.Tabletmanagerservice.RefreshStateRequest;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.TopoServer;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells a tablet that its records have changed. A vttablet is asked by its tablet manager service; a tablet without that service follows its
 * records by itself. Stateless.
 */
final class TabletManager {
    private static final int DEADLINE_SECONDS = 15;

    /** Under which no replica acknowledges a write. */
    private static final Set<String> WITHOUT_SEMI_SYNC = Set.of("", "none", "test");

    private TabletManager() {}

    /**
     * Has a tablet be its shard's primary.
     *
     * @throws TopoException TIMEOUT when the tablet does not answer, OTHER when it refuses
     */
    static void reparented(TopoServer server, Topodata.Tablet tablet) {
        String policy = server.keyspaces().get(tablet.getKeyspace()).getDurabilityPolicy();
        ChangeTypeRequest request = ChangeTypeRequest.newBuilder()
                .setTabletType(Topodata.TabletType.PRIMARY)
                .setSemiSync(!WITHOUT_SEMI_SYNC.contains(policy))
                .build();
        if (!call(tablet, manager -> manager.changeType(request))) {
            server.tablets().makePrimary(TabletAlias.of(tablet.getAlias()));
        }
    }

    /** @throws TopoException as {@link #reparented} */
    static void refreshState(Topodata.Tablet tablet) {
        call(tablet, manager -> manager.refreshState(RefreshStateRequest.getDefaultInstance()));
    }

    /** As {@link #refreshState}; whether it succeeded. */
    static boolean tryRefreshState(Topodata.Tablet tablet) {
        try {
            refreshState(tablet);
            return true;
        } catch (TopoException e) {
            return false;
        }
    }

    /** Whether the tablet has the service. */
    private static boolean call(Topodata.Tablet record, Consumer<TabletManagerBlockingStub> work) {
        Tablet tablet = Tablet.of(record);
        if (tablet.grpcPort() == 0) {
            throw TopoException.of(Kind.OTHER, "the record of tablet " + tablet.alias() + " has no gRPC port");
        }
        ManagedChannel channel = NettyChannelBuilder.forAddress(tablet.hostname(), tablet.grpcPort())
                .usePlaintext()
                .build();
        try {
            work.accept(
                    TabletManagerGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
            return true;
        } catch (StatusRuntimeException e) {
            Status.Code code = e.getStatus().getCode();
            if (code == Status.Code.UNIMPLEMENTED) {
                return false;
            }
            boolean away = code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
            throw TopoException.of(
                    away ? Kind.TIMEOUT : Kind.OTHER, "tablet " + tablet.alias() + ": " + e.getMessage(), e);
        } finally {
            channel.shutdownNow();
        }
    }
}
