package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Query.ReserveBeginExecuteResponse;
import io.vitess.proto.Vtrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    /** Else nobody would ever end it, and its locks would stop the same session's next statement. */
    @Test
    void failedStatement_leavesItsTransactionOpen_alsoWithoutAReservation() {
        ReserveBeginExecuteReply reply = Responses.reserveBeginExecute(
                ReserveBeginExecuteResponse.newBuilder()
                        .setError(Vtrpc.RPCError.newBuilder()
                                .setCode(Vtrpc.Code.ALREADY_EXISTS)
                                .setMessage("Duplicate entry '1' for key 'PRIMARY' (errno 1062) (sqlstate 23000)"))
                        .setTransactionId(7)
                        .build(),
                new TabletAlias("zone1", 100),
                new Target("customer", "-80", TabletType.PRIMARY));

        assertThat(reply.transactionId()).isEqualTo(7);
        assertThat(reply.error()).isNotNull();
        assertThat(reply.reservedId()).isZero();
    }
}
