package io.vtsphere.planner;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.KeyspaceVSchema;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.topo.VSchema;
import io.vtsphere.topo.VindexDefinition;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The answers of SHOW VSCHEMA. Source of columns and texts: Vitess' {@code go/vt/vtgate/planbuilder/show.go}. */
final class VSchemaListing {
    private final VSchema vschema;

    VSchemaListing(VSchema vschema) {
        this.vschema = vschema;
    }

    Primitive keyspaces(LikePattern like) {
        List<List<SqlValue>> rows = new ArrayList<>();
        for (KeyspaceVSchema keyspace : vschema.keyspaces().values()) {
            if (like.matches(keyspace.name())) {
                rows.add(row(
                        keyspace.name(),
                        Boolean.toString(keyspace.sharded()),
                        keyspace.foreignKeyMode().text(),
                        keyspace.error() == null ? "" : keyspace.error().getMessage()));
            }
        }
        return new Primitive.Rows(List.of("Keyspace", "Sharded", "Foreign Key", "Comment"), rows);
    }

    Primitive tables(String keyspace) {
        List<List<SqlValue>> rows = new ArrayList<>();
        for (String table : new TreeSet<>(vschema.keyspace(keyspace).tables().keySet())) {
            rows.add(row(table));
        }
        return new Primitive.Rows(List.of("Tables"), rows);
    }

    Primitive vindexes() {
        List<List<SqlValue>> rows = new ArrayList<>();
        for (KeyspaceVSchema keyspace : vschema.keyspaces().values()) {
            for (VindexDefinition vindex : new TreeMap<>(keyspace.vindexes()).values()) {
                rows.add(row(keyspace.name(), vindex.name(), vindex.type(), params(vindex.params()), vindex.owner()));
            }
        }
        return new Primitive.Rows(List.of("Keyspace", "Name", "Type", "Params", "Owner"), rows);
    }

    /** The vindexes of one table; VT05005 when the VSchema does not know it. */
    Primitive vindexesOf(String keyspace, String table) {
        TableVSchema found = vschema.keyspace(keyspace).table(table);
        if (found == null) {
            throw VtError.VT05005.with(table, keyspace);
        }
        List<List<SqlValue>> rows = new ArrayList<>();
        for (ColumnVindex vindex : found.columnVindexes()) {
            if (!vindex.partial()) {
                VindexDefinition definition = vindex.definition();
                rows.add(row(
                        String.join(", ", vindex.columns()),
                        definition.name(),
                        definition.type(),
                        params(definition.params()),
                        definition.owner()));
            }
        }
        return new Primitive.Rows(List.of("Columns", "Name", "Type", "Params", "Owner"), rows);
    }

    private static String params(Map<String, String> params) {
        return params.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static List<SqlValue> row(String... values) {
        List<SqlValue> row = new ArrayList<>();
        for (String value : values) {
            row.add(SqlValue.varchar(value));
        }
        return row;
    }
}
