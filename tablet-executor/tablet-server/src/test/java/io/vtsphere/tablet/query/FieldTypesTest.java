package io.vtsphere.tablet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTypesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, DECIMAL",
        "246, 0, DECIMAL",
        "1, 0, INT8",
        "1, 32, UINT8",
        "2, 32, UINT16",
        "9, 32, UINT24",
        "3, 0, INT32",
        "3, 32, UINT32",
        "8, 0, INT64",
        "8, 32, UINT64",
        "4, 0, FLOAT32",
        "5, 0, FLOAT64",
        "6, 128, NULL_TYPE",
        "7, 128, TIMESTAMP",
        "10, 128, DATE",
        "11, 128, TIME",
        "12, 128, DATETIME",
        "13, 32, YEAR",
        "16, 32, BIT",
        "245, 144, JSON",
        "253, 0, VARCHAR",
        "253, 128, VARBINARY",
        "252, 16, TEXT",
        "252, 144, BLOB",
        "254, 0, CHAR",
        "254, 128, BINARY",
        "254, 256, ENUM",
        "254, 2048, SET",
        "254, 384, BINARY",
        "255, 144, GEOMETRY",
        "242, 128, VECTOR"
    })
    void of_protocolTypeAndFlags_isVitesssType(int protocolType, int flags, SqlType type) {
        assertThat(FieldTypes.of(protocolType, flags)).isEqualTo(type);
    }

    @Test
    void of_unknownProtocolType_isNamed() {
        assertThatThrownBy(() -> FieldTypes.of(200, 0)).hasMessage("unsupported type: 200");
    }

    @ParameterizedTest
    @CsvSource({
        "1062, ALREADY_EXISTS",
        "1146, NOT_FOUND",
        "1054, NOT_FOUND",
        "1205, DEADLINE_EXCEEDED",
        "1213, ABORTED",
        "1290, CLUSTER_EVENT",
        "1064, INVALID_ARGUMENT",
        "1451, FAILED_PRECONDITION",
        "2013, CANCELED",
        "2006, UNAVAILABLE",
        "1792, UNKNOWN",
        "1317, UNKNOWN",
        "1045, PERMISSION_DENIED",
        "1235, UNIMPLEMENTED"
    })
    void codeOf_errno_isVitesssCode(int errno, Code code) {
        assertThat(MysqlErrorCodes.codeOf(errno, "text")).isEqualTo(code);
    }

    @Test
    void codeOf_accessDeniedDuringFailover_mayBeTriedAgain() {
        assertThat(MysqlErrorCodes.codeOf(1227, "Access denied")).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(MysqlErrorCodes.codeOf(1227, "failover in progress (max 30s)"))
                .isEqualTo(Code.FAILED_PRECONDITION);
    }
}
