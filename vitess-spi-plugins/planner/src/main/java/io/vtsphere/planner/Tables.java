package io.vtsphere.planner;

import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TableRef;
import io.vtsphere.topo.TableType;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.topo.VindexDefinition;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables that one statement names, looked up in the snapshot under its target. Used while that statement is planned. */
final class Tables {
    private static final Set<String> SYSTEM_SCHEMAS =
            Set.of("information_schema", "mysql", "performance_schema", "sys");

    private final ServingState state;
    private final PlanTarget target;
    private final VindexRegistry vindexes;
    private final Map<TableName, TableSource> found = new LinkedHashMap<>();
    private final Set<String> used = new TreeSet<>();

    Tables(ServingState state, PlanTarget target, VindexRegistry vindexes) {
        this.state = state;
        this.target = target;
        this.vindexes = vindexes;
    }

    static boolean isSystemSchema(@Nullable String keyspace) {
        return keyspace != null && SYSTEM_SCHEMAS.contains(keyspace.toLowerCase(Locale.ROOT));
    }

    ServingState state() {
        return state;
    }

    PlanTarget target() {
        return target;
    }

    /** The same snapshot and target for another statement. */
    Tables forAnother() {
        return new Tables(state, target, vindexes);
    }

    /** The tables looked up so far, as {@code keyspace.table}, sorted. */
    Set<String> used() {
        return used;
    }

    /**
     * The table of that name.
     *
     * @throws VtException when there is none, when its name is ambiguous, or when the VSchema of its keyspace is faulty
     */
    TableSource source(TableName name) {
        return found.computeIfAbsent(name, this::lookUp);
    }

    private TableSource lookUp(TableName name) {
        String keyspace = name.keyspace() == null ? target.keyspace() : name.keyspace();
        if (name.keyspace() == null && name.name().equalsIgnoreCase("dual")) {
            return TableSource.DUAL;
        }
        if (isSystemSchema(keyspace)) {
            used.add(keyspace + "." + name.name());
            return TableSource.SYSTEM;
        }
        TableRef ref = state.vschema().findTableOrNull(keyspace, name.name(), target.type());
        if (ref == null) {
            throw notFound(keyspace, name.name());
        }
        TableVSchema table = ref.table();
        used.add(table.toString());
        return new TableSource(kind(table), table);
    }

    /** Where the keyspace's VSchema is faulty, that may be why the table is not there. */
    private VtException notFound(@Nullable String keyspace, String table) {
        KeyspaceState owner = keyspace == null ? null : state.keyspaces().get(keyspace);
        VtException fault = owner == null ? null : owner.error();
        return fault != null
                ? fault
                : VtException.of(Code.NOT_FOUND, State.NO_SUCH_TABLE, "table " + table + " not found");
    }

    private static TableSource.Kind kind(TableVSchema table) {
        if (!table.sharded()) {
            return TableSource.Kind.UNSHARDED;
        }
        if (table.pinned() != null) {
            return TableSource.Kind.PINNED;
        }
        return table.type() == TableType.REFERENCE ? TableSource.Kind.REFERENCE : TableSource.Kind.SHARDED;
    }

    /** The vindex of type {@code binary} that maps a pin to itself. */
    VindexDefinition pinVindex(String keyspace) {
        return new VindexDefinition(
                keyspace, "binary", "binary", Map.of(), "", vindexes.create("binary", "binary", Map.of()));
    }

    /** The pin of a pinned table. */
    static RouteValue pin(TableVSchema table) {
        if (table.pinned() == null) {
            throw new IllegalArgumentException(table + " is not pinned");
        }
        return new RouteValue.Literal(SqlValue.varbinary(table.pinned().bytes()));
    }
}
