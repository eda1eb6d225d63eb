package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TabletErrorsTest {
    private static VtException of(Status status) {
        return TabletErrors.of(status, "tablet-1:15101");
    }

    @ParameterizedTest
    @EnumSource(Status.Code.class)
    void code_keepsGrpcsNumber(Status.Code code) {
        assertThat(of(Status.fromCode(code).withDescription("x")).code().number())
                .isEqualTo(code.value());
    }

    @Test
    void connectionRefused_readsAsGosClientSaysIt() {
        Status status = Status.UNAVAILABLE
                .withDescription("io exception")
                .withCause(new ConnectException("Connection refused: tablet-1/10.0.0.1:15101"));
        assertThat(of(status))
                .hasMessage(
                        "vttablet: rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while"
                                + " dialing: dial tcp tablet-1:15101: connect: connection refused\"");
    }

    @Test
    void deadlineSeenByTheTablet_keepsItsText() {
        Status status =
                Status.DEADLINE_EXCEEDED.withDescription("Lock wait timeout exceeded (errno 1205) (sqlstate HY000)");
        assertThat(of(status).errno()).isEqualTo(1205);
    }

    @Test
    void clusterEventText_underAKnownCode_keepsTheCode() {
        assertThat(of(Status.INTERNAL.withDescription("primary is not serving")).code())
                .isEqualTo(Code.INTERNAL);
    }

    @Test
    void streamTakenBackByTheServer_isALostConnection() {
        Status status = Status.CANCELLED.withDescription("RST_STREAM closed stream. HTTP/2 error code: CANCEL");
        assertThat(of(status).code()).isEqualTo(Code.UNAVAILABLE);
    }
}
