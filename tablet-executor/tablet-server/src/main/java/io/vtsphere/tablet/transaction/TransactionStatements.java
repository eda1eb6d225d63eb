package io.vtsphere.tablet.transaction;

import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.ExecuteOptions.TransactionAccessMode;
import io.vitess.proto.Query.ExecuteOptions.TransactionIsolation;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;

/** The statements that open a transaction. Source: {@code tx_pool.go} in Vitess. Stateless. */
final class TransactionStatements {
    private TransactionStatements() {}

    /** None for AUTOCOMMIT: there every statement commits by itself. */
    static boolean autocommit(ExecuteOptions options) {
        return options.getTransactionIsolation() == TransactionIsolation.AUTOCOMMIT;
    }

    /** @throws VtException FAILED_PRECONDITION for a writing transaction on a tablet that only reads */
    static List<String> begin(ExecuteOptions options, boolean primary) {
        List<String> statements = new ArrayList<>(2);
        TransactionIsolation isolation = options.getTransactionIsolation();
        switch (isolation) {
            case AUTOCOMMIT -> {
                return List.of();
            }
            case CONSISTENT_SNAPSHOT_READ_ONLY -> {
                statements.add("set transaction isolation level repeatable read");
                statements.add("start transaction with consistent snapshot, read only");
                return statements;
            }
            case REPEATABLE_READ -> statements.add("set transaction isolation level repeatable read");
            case READ_COMMITTED -> statements.add("set transaction isolation level read committed");
            case READ_UNCOMMITTED -> statements.add("set transaction isolation level read uncommitted");
            case SERIALIZABLE -> statements.add("set transaction isolation level serializable");
            default -> {}
        }
        statements.add(begin(options.getTransactionAccessModeList(), primary));
        return statements;
    }

    private static String begin(List<TransactionAccessMode> modes, boolean primary) {
        if (!primary && modes.contains(TransactionAccessMode.READ_WRITE)) {
            throw VtException.of(Code.FAILED_PRECONDITION, "cannot start read write transaction on a read only tablet");
        }
        List<String> words = new ArrayList<>();
        for (TransactionAccessMode mode : modes) {
            switch (mode) {
                case CONSISTENT_SNAPSHOT -> words.add("with consistent snapshot");
                case READ_WRITE -> words.add("read write");
                case READ_ONLY -> words.add("read only");
                default -> throw VtException.of(Code.INVALID_ARGUMENT, "unknown transaction access mode: " + mode);
            }
        }
        if (!primary && !words.contains("read only")) {
            words.add("read only");
        }
        return words.isEmpty() ? "begin" : "start transaction " + String.join(", ", words);
    }
}
