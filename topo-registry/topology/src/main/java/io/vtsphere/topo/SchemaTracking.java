package io.vtsphere.topo;

import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Completes a keyspace's VSchema by what its MySQLs say: a table whose column list the VSchema does not call complete gets the real one, and
 * the keyspace the tables that the VSchema does not name. Stateless.
 *
 * <p>In a sharded keyspace such a table has no vindex: reads of it ask all shards, and what would write to it is refused. A view of a sharded
 * keyspace stays unknown: what each shard's view shows is not what the view of all rows would. Source: Vitess' {@code
 * go/vt/vtgate/vschema_manager.go}.
 */
final class SchemaTracking {
    private SchemaTracking() {}

    static KeyspaceVSchema complete(KeyspaceVSchema keyspace, @Nullable TrackedSchema schema) {
        if (schema == null) {
            return keyspace;
        }
        Map<String, TableVSchema> tables = new TreeMap<>(keyspace.tables());
        schema.tables().forEach((name, tracked) -> {
            TableVSchema table = tables.get(name);
            if (table != null && !table.columnListAuthoritative()) {
                tables.put(name, table.withColumns(tracked.columns()));
            } else if (table == null && !(keyspace.sharded() && tracked.view())) {
                tables.put(name, TableVSchema.tracked(keyspace, name, tracked.columns()));
            }
        });
        List<VtException> faults = new ArrayList<>(keyspace.faults());
        if (keyspace.foreignKeyMode() == KeyspaceVSchema.ForeignKeyMode.MANAGED) {
            VtException cycle = ForeignKeyCycles.find(keyspace.name(), schema);
            if (cycle != null) {
                faults.add(cycle);
            }
        }
        return keyspace.withTracked(schema, tables, faults);
    }
}
