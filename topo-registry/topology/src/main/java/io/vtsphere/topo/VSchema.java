package io.vtsphere.topo;

import io.vitess.proto.Vschema;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The VSchemas of all keyspaces with the rules between them, and the search for tables and vindexes in it.
 *
 * <p>Immutable and thread-safe. Names of keyspaces, tables and vindexes are case-sensitive. Source: Vitess' {@code
 * go/vt/vtgate/vindexes/vschema.go}.
 */
public final class VSchema {
    private final Map<String, KeyspaceVSchema> keyspaces;
    private final GlobalNames tables;
    private final GlobalNames vindexes;
    private final RoutingRules rules;
    private final Map<TableName, Map<String, TableName>> references;

    VSchema(
            Map<String, KeyspaceVSchema> keyspaces,
            GlobalNames tables,
            GlobalNames vindexes,
            RoutingRules rules,
            Map<TableName, Map<String, TableName>> references) {
        this.keyspaces = keyspaces;
        this.tables = tables;
        this.vindexes = vindexes;
        this.rules = rules;
        this.references = references;
    }

    static VSchema empty() {
        return new VSchema(Map.of(), GlobalNames.none(), GlobalNames.none(), RoutingRules.none(), Map.of());
    }

    /** The VSchemas and rules of a record; a faulty keyspace is as far built as that is possible, and says what is wrong. */
    public static VSchema of(Vschema.SrvVSchema record, VindexRegistry vindexes) {
        return new VSchemaBuilder(vindexes).build(record);
    }

    /** One keyspace's VSchema as far as it can be built without the others; its faults say what is wrong with it. */
    public static KeyspaceVSchema parse(String keyspace, Vschema.Keyspace record, VindexRegistry vindexes) {
        return new KeyspaceVSchemaParser(vindexes).parse(keyspace, record);
    }

    /** Keyspaces by name, in order of name. */
    public Map<String, KeyspaceVSchema> keyspaces() {
        return keyspaces;
    }

    /**
     * Finds a table under the routing rules.
     *
     * @param keyspace the name before the dot, else the session's keyspace, else null
     * @param type what the statement's target is served as
     * @return the table; one of an unsharded keyspace is made up from its name when the VSchema does not list it
     * @throws VtException VT05003 when the keyspace is unknown, NOT_FOUND when the table is, FAILED_PRECONDITION when the name is ambiguous
     *     or its rule has no target, or the error of the rule
     */
    public TableRef findTable(@Nullable String keyspace, String table, TabletType type) {
        TableRef found = findTableOrNull(keyspace, table, type);
        if (found == null) {
            throw notFound(table);
        }
        return found;
    }

    /** As {@link #findTable}, but null when there is no such table. */
    public @Nullable TableRef findTableOrNull(@Nullable String keyspace, String table, TabletType type) {
        String named = keyspace == null || keyspace.isEmpty() ? null : keyspace;
        String actual = named == null ? null : rules.keyspace(named, type);
        RoutingRules.Rule rule = rules.table(actual, table, type);
        if (rule == null) {
            TableVSchema found = unrouted(actual, table);
            return found == null ? null : new TableRef(found, actual != null && !actual.equals(named));
        }
        TableName target = rule.target(table);
        TableVSchema found = unrouted(target.keyspace(), target.name());
        if (found == null) {
            throw notFound(target.name());
        }
        return new TableRef(found, true);
    }

    /**
     * Finds a vindex by its name.
     *
     * @param keyspace as in {@link #findTable}
     * @return null when there is none of that name
     * @throws VtException VT05003 when the keyspace is unknown, FAILED_PRECONDITION when several keyspaces define the name
     */
    public @Nullable VindexDefinition findVindex(@Nullable String keyspace, String name, TabletType type) {
        if (keyspace != null && !keyspace.isEmpty()) {
            return keyspace(rules.keyspace(keyspace, type)).vindexes().get(name);
        }
        if (vindexes.isAmbiguous(name)) {
            throw VtException.of(Code.FAILED_PRECONDITION, "ambiguous vindex reference: " + name);
        }
        TableName found = vindexes.get(name);
        return found == null ? null : keyspace(found.keyspace()).vindexes().get(name);
    }

    /**
     * The VSchema of a keyspace, without routing rules.
     *
     * @throws VtException VT05003 when there is none of that name
     */
    public KeyspaceVSchema keyspace(String name) {
        KeyspaceVSchema keyspace = keyspaces.get(name);
        if (keyspace == null) {
            throw VtError.VT05003.with(name);
        }
        return keyspace;
    }

    /** The copies of a reference table in other keyspaces: their names by keyspace. */
    public Map<String, TableName> referencesTo(TableName source) {
        return references.getOrDefault(source, Map.of());
    }

    /** Where the rules between keyspaces send a statement that names this keyspace; the name itself when no rule does. */
    public String routedKeyspace(String keyspace, TabletType type) {
        return rules.keyspace(keyspace, type);
    }

    /** Where a shard routing rule sends the traffic of a shard; null when no rule does. vtgate obeys them only when told to by a flag. */
    public @Nullable String shardRouting(String keyspace, String shard) {
        return rules.shard(keyspace, shard);
    }

    /** The mirror rules as they stand in the topology. They are reported, not followed. */
    public List<Vschema.MirrorRule> mirrorRules() {
        return rules.mirrorRules();
    }

    RoutingRules rules() {
        return rules;
    }

    @Nullable
    TableVSchema unrouted(@Nullable String keyspace, String table) {
        if (keyspace != null) {
            return inKeyspace(keyspace(keyspace), table);
        }
        if (tables.isAmbiguous(table)) {
            throw VtException.of(Code.FAILED_PRECONDITION, "ambiguous table reference: " + table);
        }
        TableName global = tables.get(table);
        if (global != null) {
            return keyspace(global.keyspace()).table(table);
        }
        if (keyspaces.size() == 1) {
            return inKeyspace(keyspaces.values().iterator().next(), table);
        }
        return null;
    }

    static VtException notFound(String table) {
        return VtException.of(Code.NOT_FOUND, "table " + table + " not found");
    }

    private static @Nullable TableVSchema inKeyspace(KeyspaceVSchema keyspace, String table) {
        TableVSchema found = keyspace.table(table);
        return found != null || keyspace.sharded() ? found : TableVSchema.unsharded(keyspace.name(), table);
    }

    @Override
    public String toString() {
        return keyspaces.values().toString();
    }
}
