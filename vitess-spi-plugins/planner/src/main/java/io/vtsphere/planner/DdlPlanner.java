package io.vtsphere.planner;

import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Statements that change a schema: to the shard of an unsharded keyspace, or to all shards of a sharded one. */
final class DdlPlanner {
    private final Tables tables;
    private final Ddl ddl;

    DdlPlanner(Tables tables, Ddl ddl) {
        this.tables = tables;
        this.ddl = ddl;
    }

    Primitive plan() {
        switch (ddl.object()) {
            case TABLE:
            case VIEW:
            case INDEX:
                break;
            case DATABASE:
                throw database();
            case PROCEDURE:
                requireUnsharded("CREATE PROCEDURE is not supported on sharded keyspaces");
                break;
            default:
                throw VtError.VT12001.with(words());
        }
        KeyspaceState keyspace = keyspace();
        if (ddl.temporary()) {
            throw VtException.of(
                    Code.UNIMPLEMENTED, "Temporary table not supported in sharded database " + keyspace.name());
        }
        Query query = ddl.query() == null ? null : query(ddl.query(), keyspace);
        Routing routing = keyspace.sharded()
                ? Routing.byDestination(keyspace.name(), true, ShardTarget.ALL)
                : Routing.of(Opcode.UNSHARDED, keyspace.name(), false);
        return new Primitive.Send(
                routing, SentText.text(ddl.with(names(keyspace), query)), false, false, List.copyOf(tables.used()));
    }

    private VtException database() {
        return switch (ddl.action()) {
            case CREATE -> VtError.VT12001.with("create database by failDBDDL");
            case DROP -> VtError.VT12001.with("drop database by failDBDDL");
            default -> VtError.VT12001.with("alter database");
        };
    }

    private String words() {
        return ddl.action() + " " + ddl.object().name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    private void requireUnsharded(String refusal) {
        if (keyspace().sharded()) {
            throw VtError.VT12001.with(refusal);
        }
    }

    /** Where the first table is, or is to be. */
    private KeyspaceState keyspace() {
        TableName first = ddl.names().isEmpty() ? null : ddl.names().get(0).table();
        String named = first == null ? null : first.keyspace();
        if (named == null && tables.target().keyspace() == null && first != null) {
            TableVSchema known = tables.source(first).table();
            named = known == null ? null : known.keyspace();
        }
        return tables.state().keyspace(routed(named));
    }

    private String routed(@Nullable String named) {
        String keyspace = named != null ? named : tables.target().keyspace();
        if (keyspace == null) {
            throw VtError.VT09005.with();
        }
        if (Tables.isSystemSchema(keyspace)) {
            throw VtError.VT12001.with(words() + " in " + keyspace);
        }
        return tables.state().vschema().routedKeyspace(keyspace, tables.target().type());
    }

    private List<Ddl.Name> names(KeyspaceState keyspace) {
        List<Ddl.Name> names = new ArrayList<>();
        for (Ddl.Name name : ddl.names()) {
            String own = name.table().keyspace();
            if (own != null && !routed(own).equals(keyspace.name())) {
                throw VtError.VT03002.with(keyspace.name(), own);
            }
            names.add(new Ddl.Name(TableName.of(name.table().name()), name.reference(), name.place()));
        }
        return names;
    }

    private Query query(Query query, KeyspaceState keyspace) {
        if (keyspace.sharded()) {
            throw VtError.VT12001.with(
                    ddl.object() == Ddl.ObjectKind.VIEW
                            ? "Complex select queries are not supported in create or alter view statements"
                            : "CREATE TABLE … SELECT on a sharded keyspace");
        }
        TableScan scan = TableScan.of(query, tables);
        if (!scan.hasOnly(TableSource.Kind.UNSHARDED, TableSource.Kind.DUAL)
                || !(scan.keyspaces().isEmpty() || scan.keyspaces().equals(java.util.Set.of(keyspace.name())))) {
            throw VtError.VT12001.with("Select query does not belong to the same keyspace as the view statement");
        }
        return (Query) new SentText(tables, true).statement(query);
    }
}
