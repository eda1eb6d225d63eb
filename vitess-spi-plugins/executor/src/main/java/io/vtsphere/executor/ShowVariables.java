package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * SHOW VARIABLES: a tablet's answer, with the values of those variables that the gate itself keeps. Computes only.
 *
 * <p>Source: {@code setShowVariables} in Vitess' {@code go/vt/vtgate/executor.go}.
 */
final class ShowVariables {
    private static final Set<String> KEPT =
            Set.of("autocommit", "version", "version_comment", "socket", "transaction_read_only", "pseudo_thread_id");

    private static final Set<String> FLAGS = Set.of("autocommit", "transaction_read_only");

    private ShowVariables() {}

    static StatementResult corrected(StatementKind kind, StatementResult result, SessionValues values) {
        if (kind != StatementKind.SHOW || !isVariables(result.fields())) {
            return result;
        }
        List<Query.Row> rows = new ArrayList<>(result.rows().size());
        for (Query.Row row : result.rows()) {
            ByteString name = Cells.get(row, 0);
            String variable = name == null ? "" : name.toStringUtf8().toLowerCase(Locale.ROOT);
            boolean kept = name != null && KEPT.contains(variable);
            rows.add(kept ? Cells.row(List.of(name, value(variable, values))) : row);
        }
        return result.withRows(rows);
    }

    private static boolean isVariables(List<Query.Field> fields) {
        return fields.size() == 2
                && fields.get(0).getName().equalsIgnoreCase("Variable_name")
                && fields.get(1).getName().equalsIgnoreCase("Value")
                && fields.get(0).getTable().endsWith("variables");
    }

    private static ByteString value(String variable, SessionValues values) {
        String text = values.systemVariable(variable).text();
        if (FLAGS.contains(variable)) {
            return ByteString.copyFromUtf8(text.equals("1") ? "ON" : "OFF");
        }
        return ByteString.copyFromUtf8(text);
    }
}
