package io.vtsphere.topo;

import io.vtsphere.topo.TrackedSchema.ForeignKey;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for changes of rows that would come back to where they began: from a column to those that change with it, which are the columns of a
 * foreign key, and all columns of a row that is deleted.
 *
 * <p>Source of rule and text: Vitess' {@code go/vt/vtgate/vschema_manager.go}, {@code markErrorIfCyclesInFk}. Used by one thread.
 */
final class ForeignKeyCycles {
    /** Columns ({@code table.column}) that change with a column. */
    private final Map<String, Set<String>> edges = new TreeMap<>();

    /** Columns that lead to no cycle. */
    private final Set<String> done = new HashSet<>();

    private ForeignKeyCycles(TrackedSchema schema) {
        schema.tables().forEach((child, table) -> {
            for (ForeignKey key : table.foreignKeys()) {
                if (key.restricts()) {
                    continue;
                }
                List<String> changed = key.deletesChildren()
                        ? table.columns().stream().map(ColumnVSchema::name).toList()
                        : key.columns();
                for (String column : key.parentColumns()) {
                    Set<String> to = edges.computeIfAbsent(key.parent() + "." + column, from -> new TreeSet<>());
                    changed.forEach(name -> to.add(child + "." + name));
                }
            }
        });
    }

    /** VT09019 that names the columns of a cycle; null when there is none. */
    static @Nullable VtException find(String keyspace, TrackedSchema schema) {
        ForeignKeyCycles cycles = new ForeignKeyCycles(schema);
        for (String column : cycles.edges.keySet()) {
            List<String> cycle = cycles.from(column);
            if (cycle != null) {
                return VtError.VT09019.with(keyspace, "[" + String.join(" ", cycle) + "]");
            }
        }
        return null;
    }

    /** Walks without recursion: a chain may be as long as there are columns. */
    private @Nullable List<String> from(String start) {
        List<String> path = new ArrayList<>();
        Deque<Deque<String>> left = new ArrayDeque<>();
        left.push(new ArrayDeque<>(List.of(start)));
        while (!left.isEmpty()) {
            String next = left.peek().poll();
            if (next == null) {
                left.pop();
                if (!path.isEmpty()) {
                    done.add(path.remove(path.size() - 1));
                }
                continue;
            }
            int seen = path.indexOf(next);
            if (seen >= 0) {
                List<String> cycle = new ArrayList<>(path.subList(seen, path.size()));
                cycle.add(next);
                return cycle;
            }
            if (!done.contains(next)) {
                path.add(next);
                left.push(new ArrayDeque<>(edges.getOrDefault(next, Set.of())));
            }
        }
        return null;
    }
}
