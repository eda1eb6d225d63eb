package io.vtsphere.vterrors;

import java.util.Locale;

/**
 * The errors that the gate raises by itself, with Vitess' numbers and texts.
 *
 * <p>A client sees {@code VTnnnnn: text}. Source: Vitess' {@code go/vt/vterrors/code.go}; {@code %s} stands where Vitess puts a value.
 */
public enum VtError {
    VT03001(Code.INVALID_ARGUMENT, State.SYNTAX_ERROR, "aggregate functions take a single argument '%s'"),
    VT03002(Code.INVALID_ARGUMENT, State.FORBID_SCHEMA_CHANGE, "changing schema from '%s' to '%s' is not allowed"),
    VT03003(Code.INVALID_ARGUMENT, State.UNKNOWN_TABLE, "unknown table '%s' in MULTI DELETE"),
    VT03004(Code.INVALID_ARGUMENT, State.NON_UPDATEABLE_TABLE, "the target table %s of the DELETE is not updatable"),
    VT03005(Code.INVALID_ARGUMENT, State.WRONG_GROUP_FIELD, "cannot group on '%s'"),
    VT03006(
            Code.INVALID_ARGUMENT,
            State.WRONG_VALUE_COUNT_ON_ROW,
            "column count does not match value count with the row"),
    VT03007(Code.INVALID_ARGUMENT, State.UNDEFINED, "keyspace not specified"),
    VT03008(Code.INVALID_ARGUMENT, State.CANT_USE_OPTION_HERE, "incorrect usage/placement of '%s'"),
    VT03009(Code.INVALID_ARGUMENT, State.WRONG_VALUE_FOR_VAR, "unexpected value type for '%s': %s"),
    VT03010(Code.INVALID_ARGUMENT, State.INCORRECT_GLOBAL_LOCAL_VAR, "variable '%s' is a read only variable"),
    VT03011(Code.INVALID_ARGUMENT, State.UNDEFINED, "invalid value type: %s"),
    VT03012(Code.INVALID_ARGUMENT, State.UNDEFINED, "invalid syntax: %s"),
    VT03013(Code.INVALID_ARGUMENT, State.NON_UNIQ_TABLE, "not unique table/alias: '%s'"),
    VT03014(Code.INVALID_ARGUMENT, State.BAD_FIELD, "unknown column '%s' in '%s'"),
    VT03015(Code.INVALID_ARGUMENT, State.UNDEFINED, "column has duplicate set values: '%s'"),
    VT03016(Code.INVALID_ARGUMENT, State.UNDEFINED, "unknown vindex column: '%s'"),
    VT03017(Code.INVALID_ARGUMENT, State.SYNTAX_ERROR, "where clause can only be of the type 'pos > <value>'"),
    VT03018(Code.INVALID_ARGUMENT, State.UNDEFINED, "NEXT used on a non-sequence table"),
    VT03019(Code.INVALID_ARGUMENT, State.UNDEFINED, "column %s not found"),
    VT03020(Code.INVALID_ARGUMENT, State.UNDEFINED, "column %s not found in subquery"),
    VT03021(Code.INVALID_ARGUMENT, State.UNDEFINED, "ambiguous column reference: %s"),
    VT03022(Code.INVALID_ARGUMENT, State.UNDEFINED, "column %s not found in %s"),
    VT03023(Code.INVALID_ARGUMENT, State.UNDEFINED, "INSERT not supported when targeting a key range: %s"),
    VT03024(Code.INVALID_ARGUMENT, State.UNDEFINED, "'%s' user defined variable does not exists"),
    VT03025(Code.INVALID_ARGUMENT, State.WRONG_ARGUMENTS, "Incorrect arguments to %s"),
    VT03027(Code.INVALID_ARGUMENT, State.BAD_NULL, "Column '%s' cannot be null"),
    VT03028(Code.INVALID_ARGUMENT, State.BAD_NULL, "Column '%s' cannot be null on row %s, col %s"),
    VT03029(
            Code.INVALID_ARGUMENT,
            State.WRONG_VALUE_COUNT_ON_ROW,
            "column count does not match value count with the row for vindex '%s'"),
    VT03030(
            Code.INVALID_ARGUMENT,
            State.WRONG_VALUE_COUNT_ON_ROW,
            "lookup column count does not match value count with the row (columns, count): (%s, %s)"),
    VT03031(Code.INVALID_ARGUMENT, State.UNDEFINED, "EXPLAIN is only supported for single keyspace"),
    VT03032(Code.INVALID_ARGUMENT, State.NON_UPDATEABLE_TABLE, "the target table %s of the UPDATE is not updatable"),
    VT05001(Code.NOT_FOUND, State.DB_DROP_EXISTS, "cannot drop database '%s'; database does not exists"),
    VT05002(Code.NOT_FOUND, State.BAD_DB, "cannot alter database '%s'; unknown database"),
    VT05003(Code.NOT_FOUND, State.BAD_DB, "unknown database '%s' in vschema"),
    VT05004(Code.NOT_FOUND, State.UNKNOWN_TABLE, "table '%s' does not exist"),
    VT05005(Code.NOT_FOUND, State.NO_SUCH_TABLE, "table '%s' does not exist in keyspace '%s'"),
    VT05006(Code.NOT_FOUND, State.UNKNOWN_SYSTEM_VARIABLE, "unknown system variable '%s'"),
    VT05007(Code.NOT_FOUND, State.UNDEFINED, "no table info"),
    VT06001(Code.ALREADY_EXISTS, State.DB_CREATE_EXISTS, "cannot create database '%s'; database exists"),
    VT07001(Code.PERMISSION_DENIED, State.KILL_DENIED, "%s statement execution not permitted."),
    VT09001(Code.FAILED_PRECONDITION, State.REQUIRES_PRIMARY_KEY, "table '%s' does not have a primary vindex"),
    VT09002(Code.FAILED_PRECONDITION, State.INNODB_READ_ONLY, "%s statement with a replica target"),
    VT09003(
            Code.FAILED_PRECONDITION,
            State.UNDEFINED,
            "INSERT query does not have primary vindex column '%s' in the column list"),
    VT09004(
            Code.FAILED_PRECONDITION,
            State.UNDEFINED,
            "INSERT should contain column list or the table should have authoritative columns in vschema"),
    VT09005(
            Code.FAILED_PRECONDITION,
            State.NO_DB,
            "no database selected: use keyspace<:shard><@type> or keyspace<[range]><@type> (<> are optional)"),
    VT09006(Code.FAILED_PRECONDITION, State.UNDEFINED, "%s VITESS_MIGRATION works only on primary tablet"),
    VT09008(Code.FAILED_PRECONDITION, State.UNDEFINED, "vexplain queries/all will actually run queries"),
    VT09009(
            Code.FAILED_PRECONDITION,
            State.UNDEFINED,
            "stream is supported only for primary tablet type, current type: %s"),
    VT09011(
            Code.FAILED_PRECONDITION,
            State.UNKNOWN_STMT_HANDLER,
            "Unknown prepared statement handler (%s) given to %s"),
    VT09012(Code.FAILED_PRECONDITION, State.UNDEFINED, "%s statement with %s tablet not allowed"),
    VT09014(Code.FAILED_PRECONDITION, State.UNDEFINED, "vindex cannot be modified"),
    VT09015(Code.FAILED_PRECONDITION, State.UNDEFINED, "schema tracking required"),
    VT09016(
            Code.FAILED_PRECONDITION,
            State.ROW_IS_REFERENCED_2,
            "Cannot delete or update a parent row: a foreign key constraint fails"),
    VT09017(Code.FAILED_PRECONDITION, State.UNDEFINED, "%s"),
    VT09019(
            Code.FAILED_PRECONDITION,
            State.UNDEFINED,
            "keyspace '%s' has cyclic foreign keys. Cycle exists between %s"),
    VT09020(Code.FAILED_PRECONDITION, State.UNDEFINED, "can not use multiple vindex hints for table %s"),
    VT09021(Code.FAILED_PRECONDITION, State.KEY_DOES_NOT_EXIST, "Vindex '%s' does not exist in table '%s'"),
    VT09022(Code.FAILED_PRECONDITION, State.UNDEFINED, "Destination does not have exactly one shard: %s"),
    VT09023(Code.FAILED_PRECONDITION, State.UNDEFINED, "could not map %s to a keyspace id"),
    VT09024(Code.FAILED_PRECONDITION, State.UNDEFINED, "could not map %s to a unique keyspace id: %s"),
    VT09025(Code.FAILED_PRECONDITION, State.UNDEFINED, "atomic transaction error: %s"),
    VT09031(Code.FAILED_PRECONDITION, State.UNDEFINED, "Primary demotion is stalled"),
    VT09032(
            Code.FAILED_PRECONDITION,
            State.UNDEFINED,
            "previous transaction failed. Issue a ROLLBACK to resolve the failure."),
    VT10001(Code.ABORTED, State.UNDEFINED, "foreign key constraints are not allowed"),
    VT10002(Code.ABORTED, State.UNDEFINED, "atomic distributed transaction not allowed: %s"),
    VT12001(Code.UNIMPLEMENTED, State.NOT_SUPPORTED_YET, "unsupported: %s"),
    VT12002(Code.UNIMPLEMENTED, State.UNDEFINED, "unsupported: cross-shard foreign keys between table '%s' and '%s'"),
    VT13001(Code.INTERNAL, State.UNDEFINED, "[BUG] %s"),
    VT13002(Code.INTERNAL, State.UNDEFINED, "unexpected AST struct for query: %s"),
    VT14001(Code.UNAVAILABLE, State.UNDEFINED, "connection error"),
    VT14002(Code.UNAVAILABLE, State.UNDEFINED, "no available connection"),
    VT14003(Code.UNAVAILABLE, State.UNDEFINED, "no connection for tablet %s"),
    VT14004(Code.UNAVAILABLE, State.UNDEFINED, "cannot find keyspace for: %s"),
    VT14005(Code.UNAVAILABLE, State.UNDEFINED, "cannot lookup sidecar database for keyspace: %s"),
    VT15001(
            Code.FAILED_PRECONDITION,
            State.UNDEFINED,
            "transaction error, issue ROLLBACK and retry the transaction: %s");

    private final Code code;
    private final State state;
    private final String text;

    VtError(Code code, State state, String text) {
        this.code = code;
        this.state = state;
        this.text = text;
    }

    public Code code() {
        return code;
    }

    /** The error with its text filled in; the number of arguments is that of the {@code %s} in the text. */
    public VtException with(Object... args) {
        return VtException.of(code, state, name() + ": " + String.format(Locale.ROOT, text, args));
    }

    /** {@link #VT15001} takes the code of its cause. */
    public VtException because(VtException cause) {
        return VtException.of(cause.code(), name() + ": " + String.format(Locale.ROOT, text, cause.getMessage()));
    }
}
