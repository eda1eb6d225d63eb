package io.vtsphere.gateway;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The errors that a call gets from the gateway itself. Source of the texts: Vitess' {@code go/vt/vtgate/tabletgateway.go}. */
final class CallErrors {
    private CallErrors() {}

    /** What every error text of a call begins with. */
    static String prefix(Target target) {
        return "target: " + target.key() + ": ";
    }

    /**
     * Why a call goes to no tablet at all; null when it may go.
     *
     * @param bound whether it belongs to a transaction or reserved connection
     * @param size of the request in bytes
     */
    static @Nullable VtException refusal(GatewayConfig config, Call call, boolean bound, int size) {
        TabletType type = call.target().type();
        Set<TabletType> allowed = config.allowedTabletTypes();
        if (!allowed.isEmpty() && !allowed.contains(type)) {
            return VtException.of(
                    Code.FAILED_PRECONDITION,
                    "requested tablet type " + type + " is not part of the allowed tablet types for this vtgate: "
                            + allowed.stream()
                                    .sorted()
                                    .map(TabletType::name)
                                    .collect(Collectors.joining(" ", "[", "]")));
        }
        if (bound && type != TabletType.PRIMARY && call.alias() == null) {
            return VtException.of(
                    Code.INTERNAL,
                    "tabletGateway's query service can only be used for non-transactional queries on replicas");
        }
        if (size > config.maxMessageSize()) {
            return VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    "vttablet: rpc error: code = ResourceExhausted desc = grpc: trying to send message larger than max ("
                            + size + " vs. " + config.maxMessageSize() + ")");
        }
        return null;
    }

    static VtException canceled() {
        return VtException.of(Code.CANCELED, "context canceled");
    }

    static VtException pinnedTabletIsGone(TabletAlias alias) {
        return VtException.of(
                Code.NOT_FOUND,
                "tablet: cell:\"" + alias.cell() + "\" uid:" + Integer.toUnsignedString(alias.uid())
                        + " is either down or nonexistent");
    }

    /** @param before how the call had failed before it waited; null when it had not been tried */
    static VtException waitedInVain(VtException error, @Nullable VtException before) {
        String original =
                before == null ? "(type=<nil>): <nil>" : "(type=*vterrors.fundamental): " + before.getMessage();
        return error.withPrefix("failed to automatically buffer and retry failed request during failover. original err "
                + original + ": ");
    }
}
