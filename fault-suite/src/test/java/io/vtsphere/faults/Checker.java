package io.vtsphere.faults;

import io.vtsphere.faults.Operation.Kind;
import io.vtsphere.faults.Operation.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what clients were told with what the primaries' MySQLs hold.
 *
 * <p>An acknowledged insert is there, once; one that failed for certain is not; an unknown one may be either. A counter is at least the number
 * of its acknowledged increments, and at most that and the unknown ones: more would be a statement that ran twice.
 */
final class Checker {
    private final FaultCluster cluster;
    /** The counters when the load began. */
    private final Map<Long, Long> before;

    Checker(FaultCluster cluster) throws SQLException {
        this.cluster = cluster;
        this.before = counters();
    }

    /** What is wrong; empty when nothing is. */
    List<String> violations(List<Operation> operations) throws SQLException {
        List<String> wrong = new ArrayList<>();
        Set<Long> rows = rows();
        Map<Long, Long> acknowledged = new HashMap<>();
        Map<Long, Long> unknown = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.kind() == Kind.INSERT) {
                boolean there = rows.contains(operation.key());
                if (operation.outcome() == Outcome.OK && !there) {
                    wrong.add("lost acknowledged insert: " + operation);
                } else if (operation.outcome() == Outcome.FAILED && there) {
                    wrong.add("failed insert is there: " + operation);
                } else if (operation.error().contains("Duplicate entry")) {
                    wrong.add("insert ran twice: " + operation);
                }
            } else if (operation.kind() == Kind.INCREMENT) {
                Map<Long, Long> counts = operation.outcome() == Outcome.OK
                        ? acknowledged
                        : operation.outcome() == Outcome.UNKNOWN ? unknown : new HashMap<>();
                counts.merge(operation.key(), 1L, Long::sum);
            } else if (operation.error().startsWith("WRONG VALUE")) {
                wrong.add("wrong value read: " + operation);
            }
        }
        counters().forEach((id, now) -> {
            long added = now - before.getOrDefault(id, 0L);
            long least = acknowledged.getOrDefault(id, 0L);
            long most = least + unknown.getOrDefault(id, 0L);
            if (added < least || added > most) {
                wrong.add("counter " + id + " grew by " + added + ", must be " + least + " to " + most);
            }
        });
        return wrong;
    }

    private Set<Long> rows() throws SQLException {
        return new HashSet<>(read("select id, v from t").keySet());
    }

    private Map<Long, Long> counters() throws SQLException {
        return read("select id, n from counter");
    }

    private Map<Long, Long> read(String sql) throws SQLException {
        Map<Long, Long> values = new HashMap<>();
        for (TabletNode primary : cluster.primaries()) {
            try (Connection connection = primary.mysql.connect("vt_ks");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return values;
    }
}
