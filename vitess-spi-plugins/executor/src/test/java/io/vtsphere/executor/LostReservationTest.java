package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LostReservationTest {
    @ParameterizedTest
    @CsvSource({
        "ABORTED, 'transaction 77: not found (potential transaction timeout)', SAME_TABLET, SAME_TABLET",
        "ABORTED, 'transaction 77: ended at 2026-11-21 (exceeded timeout: 30s)', SAME_TABLET, SAME_TABLET",
        "UNAVAILABLE, 'MySQL server has gone away (errno 2006) (sqlstate HY000)', SAME_TABLET, SAME_TABLET",
        "CANCELED, 'Lost connection (errno 2013) (sqlstate HY000)', SAME_TABLET, NOT_LOST",
        "NOT_FOUND, 'tablet: cell:\"zone1\" uid:100 is either down or nonexistent', ANY_TABLET, ANY_TABLET",
        "NOT_FOUND, 'table t does not exist', NOT_LOST, NOT_LOST",
        "UNAVAILABLE, 'dial tcp 127.0.0.1:1: connect: connection refused', ANY_TABLET, ANY_TABLET",
        "UNAVAILABLE, 'Connection reset by peer', ANY_TABLET, NOT_LOST",
        "FAILED_PRECONDITION, 'wrong tablet type: PRIMARY, want: REPLICA or []', ANY_TABLET, ANY_TABLET",
        "FAILED_PRECONDITION, 'something else', NOT_LOST, NOT_LOST",
        "CLUSTER_EVENT, operation not allowed in state NOT_SERVING, ANY_TABLET, ANY_TABLET",
        "ABORTED, 'Deadlock found (errno 1213) (sqlstate 40001)', NOT_LOST, NOT_LOST",
        "ALREADY_EXISTS, 'Duplicate entry (errno 1062) (sqlstate 23000)', NOT_LOST, NOT_LOST",
    })
    void of_tellsWhereToReserveAgain(Code code, String text, LostReservation reads, LostReservation writes) {
        VtException error = VtException.of(code, text);
        assertThat(LostReservation.of(error, TabletType.PRIMARY, false)).isEqualTo(reads);
        assertThat(LostReservation.of(error, TabletType.PRIMARY, true)).isEqualTo(writes);
    }
}
