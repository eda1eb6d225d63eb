package io.vtsphere.vterrors;

import org.jspecify.annotations.Nullable;

/**
 * The MySQL face of an error that the gate itself raises: errno and SQLState.
 *
 * <p>Source: Vitess' {@code go/mysql/sqlerror} state table. {@link #UNDEFINED} means that the face follows from the {@link Code}.
 */
public enum State {
    UNDEFINED(0, null),
    ACCESS_DENIED(1045, "28000"),
    BAD_DB(1049, "42000"),
    BAD_FIELD(1054, "42S22"),
    BAD_TABLE(1051, "42S02"),
    BAD_NULL(1048, "23000"),
    CANT_USE_OPTION_HERE(1234, "42000"),
    DATA_OUT_OF_RANGE(1690, "22003"),
    DB_CREATE_EXISTS(1007, "HY000"),
    DB_DROP_EXISTS(1008, "HY000"),
    DUP_FIELD_NAME(1060, "42S21"),
    EMPTY_QUERY(1065, "42000"),
    FORBID_SCHEMA_CHANGE(1450, "HY000"),
    INCORRECT_GLOBAL_LOCAL_VAR(1238, "HY000"),
    INNODB_READ_ONLY(1874, "HY000"),
    INVALID_GROUP_FUNC_USE(1111, "HY000"),
    KEY_DOES_NOT_EXIST(1176, "42000"),
    KILL_DENIED(1095, "HY000"),
    LOCK_OR_ACTIVE_TRANSACTION(1192, "HY000"),
    NET_PACKET_TOO_LARGE(1153, "08S01"),
    NO_DB(1046, "3D000"),
    NO_REFERENCED_ROW_2(1452, "23000"),
    NO_SUCH_SESSION(1047, "08S01"),
    NO_SUCH_TABLE(1146, "42S02"),
    NO_SUCH_THREAD(1094, "HY000"),
    NON_UNIQ(1052, "23000"),
    NON_UNIQ_TABLE(1066, "42000"),
    NON_UPDATEABLE_TABLE(1288, "HY000"),
    NOT_SUPPORTED_YET(1235, "42000"),
    OPERAND_COLUMNS(1241, "21000"),
    QUERY_INTERRUPTED(1317, "70100"),
    REQUIRES_PRIMARY_KEY(1173, "42000"),
    ROW_IS_REFERENCED_2(1451, "23000"),
    SERVER_NOT_AVAILABLE(3168, "08S01"),
    SP_DOES_NOT_EXIST(1305, "42000"),
    SYNTAX_ERROR(1149, "42000"),
    /** MySQL's own parse error, for texts that our parser rejects (vtgate answers 1105 there). */
    PARSE_ERROR(1064, "42000"),
    UNKNOWN_COM_ERROR(1047, "08S01"),
    UNKNOWN_STMT_HANDLER(1243, "HY000"),
    /** A statement id that COM_STMT_PREPARE has not given, with the number that vtgate uses. */
    UNKNOWN_STATEMENT_ID(2014, "HY000"),
    UNKNOWN_SYSTEM_VARIABLE(1193, "HY000"),
    UNKNOWN_TABLE(1109, "42S02"),
    UNKNOWN_TIME_ZONE(1298, "HY000"),
    UNSUPPORTED_PS(1295, "HY000"),
    CANT_DO_THIS_IN_TRANSACTION(1179, "25000"),
    WRONG_ARGUMENTS(1210, "HY000"),
    WRONG_GROUP_FIELD(1056, "42000"),
    WRONG_NUMBER_OF_COLUMNS_IN_SELECT(1222, "21000"),
    WRONG_TYPE_FOR_VAR(1232, "42000"),
    WRONG_VALUE(1525, "HY000"),
    WRONG_VALUE_COUNT_ON_ROW(1136, "21S01"),
    WRONG_VALUE_FOR_VAR(1231, "42000");

    private final int errno;
    private final @Nullable String sqlState;

    State(int errno, @Nullable String sqlState) {
        this.errno = errno;
        this.sqlState = sqlState;
    }

    /** MySQL's error number; 0 for {@link #UNDEFINED}. */
    public int errno() {
        return errno;
    }

    /** The five characters of the SQLState; null for {@link #UNDEFINED}. */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
