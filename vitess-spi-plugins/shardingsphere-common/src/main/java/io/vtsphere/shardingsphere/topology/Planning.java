package io.vtsphere.shardingsphere.topology;

import io.vtsphere.shardingsphere.algorithm.ColumnTypes;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Algorithm;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Column;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Kind;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Sequence;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Table;
import io.vtsphere.topo.AutoIncrement;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TableRef;
import io.vtsphere.topo.TableType;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a snapshot of the topology to the plan of one keyspace.
 *
 * <p>Hosts read data sources and tables out of lists, dotted names and inline expressions: names that hold anything but letters, digits,
 * {@code _} and {@code -} are left out.
 */
final class Planning {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final ServingState state;
    /** From keyspace and shard to a URL that reaches its primary. */
    private final BinaryOperator<String> urls;

    private final Set<String> warnings = new TreeSet<>();

    Planning(ServingState state, BinaryOperator<String> urls) {
        this.state = state;
        this.urls = urls;
    }

    /** Each names the keyspace, and the table, that something is wrong with. */
    Set<String> warnings() {
        return warnings;
    }

    static String dataSource(String keyspace, String shard) {
        return keyspace + "/" + shard;
    }

    /**
     * The database of a keyspace.
     *
     * @param columns what its MySQL says of its tables; null while that is not known
     * @return null when the keyspace cannot be served; then there is a warning
     */
    @Nullable
    Database database(KeyspaceState keyspace, @Nullable Map<String, List<Column>> columns) {
        String name = keyspace.name();
        List<String> serving = serving(keyspace);
        if (serving.isEmpty()) {
            return null;
        }
        Set<String> all = new LinkedHashSet<>(serving);
        if (keyspace.sharded()) {
            for (Tablet tablet : state.tablets().values()) {
                if (tablet.keyspace().equals(name)
                        && tablet.type() == TabletType.PRIMARY
                        && NAME.matcher(tablet.shard()).matches()) {
                    all.add(dataSource(name, tablet.shard()));
                }
            }
        }
        Map<String, Table> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (TableVSchema table : keyspace.vschema().tables().values()) {
            Table planned = table(keyspace, table, columns == null ? Map.of() : columns);
            if (planned != null) {
                tables.put(planned.name(), planned);
            }
        }
        if (columns != null && !keyspace.sharded()) {
            columns.forEach((table, of) -> {
                if (NAME.matcher(table).matches()) {
                    tables.putIfAbsent(table, new Table(table, Kind.UNSHARDED, List.of(), null, null, null, of));
                }
            });
        }
        return new Database(name, keyspace.sharded(), serving, List.copyOf(all), List.copyOf(tables.values()));
    }

    private List<String> serving(KeyspaceState keyspace) {
        String name = keyspace.name();
        if (!NAME.matcher(name).matches()) {
            warnings.add("keyspace '" + name + "' is left out: its name is not letters, digits, _ and - only");
            return List.of();
        }
        try {
            ShardMap shards = keyspace.shards(TabletType.PRIMARY);
            String fault = shards.fault();
            if (fault == null && !keyspace.sharded() && shards.shards().size() != 1) {
                fault = "it is unsharded, but has " + shards.shards().size() + " shards";
            }
            List<String> names = shards.shards().stream().map(ShardRef::name).toList();
            if (fault == null
                    && !names.stream().allMatch(each -> NAME.matcher(each).matches())) {
                fault = "its shards have the names " + names;
            }
            if (fault == null) {
                return names.stream().map(each -> dataSource(name, each)).toList();
            }
            warnings.add("keyspace " + name + ": " + fault);
        } catch (VtException e) {
            warnings.add("keyspace " + name + ": " + e.getMessage());
        }
        return List.of();
    }

    private @Nullable Table table(KeyspaceState keyspace, TableVSchema table, Map<String, List<Column>> columns) {
        String where = "table " + keyspace.name() + "." + table.name();
        if (!NAME.matcher(table.name()).matches()) {
            warnings.add(where + " is left out: its name is not letters, digits, _ and - only");
            return null;
        }
        if (routedAway(keyspace, table)) {
            warnings.add(where + " is left out: a routing rule sends its statements elsewhere");
            return null;
        }
        List<Column> known = columns.getOrDefault(table.name(), List.of());
        Sequence sequence = sequence(where, table.autoIncrement());
        if (!keyspace.sharded()) {
            return new Table(table.name(), Kind.UNSHARDED, List.of(), null, null, sequence, known);
        }
        if (table.pinned() != null) {
            ShardRef shard = keyspace.shards(TabletType.PRIMARY).shardFor(table.pinned());
            String to = dataSource(keyspace.name(), shard.name());
            return new Table(table.name(), Kind.PINNED, List.of(), null, to, sequence, known);
        }
        if (table.type() == TableType.REFERENCE) {
            return new Table(table.name(), Kind.REFERENCE, List.of(), null, null, sequence, known);
        }
        ColumnVindex vindex = table.primaryVindex();
        if (vindex == null
                || vindex.vindex() instanceof LookupVindex
                || vindex.vindex().needsVCursor()) {
            warnings.add(where + " is left out: its primary vindex "
                    + (vindex == null ? "is missing" : vindex.type() + " asks a table"));
            return null;
        }
        return new Table(
                table.name(),
                Kind.SHARDED,
                vindex.columns(),
                algorithm(keyspace, vindex, known),
                null,
                sequence,
                known);
    }

    private boolean routedAway(KeyspaceState keyspace, TableVSchema table) {
        try {
            TableRef found = state.vschema().findTableOrNull(keyspace.name(), table.name(), TabletType.PRIMARY);
            return found == null
                    || !found.table().keyspace().equals(keyspace.name())
                    || !found.table().name().equals(table.name());
        } catch (VtException e) {
            return true;
        }
    }

    private static Algorithm algorithm(KeyspaceState keyspace, ColumnVindex vindex, List<Column> known) {
        Map<String, String> props = new TreeMap<>(vindex.definition().params());
        // what Vitess does not know either must not keep a table away
        vindex.vindex().unknownParams().forEach(props::remove);
        props.put("vindex", vindex.type());
        props.put("columns", String.join(",", vindex.columns()));
        props.put(
                "shards",
                keyspace.shards(TabletType.PRIMARY).shards().stream()
                        .map(shard -> dataSource(keyspace.name(), shard.name()) + "=" + range(shard))
                        .collect(Collectors.joining(",")));
        List<String> types = new ArrayList<>();
        for (String name : vindex.columns()) {
            for (Column column : known) {
                if (column.name().equalsIgnoreCase(name) && ColumnTypes.areSupported(column.columnType())) {
                    types.add(column.columnType());
                }
            }
        }
        if (types.size() == vindex.columns().size()) {
            props.put("column-types", String.join(",", types));
        }
        return new Algorithm("VITESS_VINDEX", props);
    }

    private static String range(ShardRef shard) {
        KeyRange range = shard.keyRange();
        return range == null || range.isComplete() ? "-" : range.toString();
    }

    private @Nullable Sequence sequence(String where, @Nullable AutoIncrement increment) {
        if (increment == null) {
            return null;
        }
        String keyspace = increment.sequence().keyspace();
        String table = increment.sequence().name();
        try {
            List<ShardRef> shards =
                    state.keyspace(keyspace).shards(TabletType.PRIMARY).shards();
            if (shards.size() == 1
                    && NAME.matcher(table).matches()
                    && NAME.matcher(keyspace).matches()) {
                return new Sequence(
                        increment.column(),
                        new Algorithm(
                                "VITESS_SEQUENCE",
                                Map.of(
                                        "url",
                                        urls.apply(keyspace, shards.get(0).name()),
                                        "username",
                                        "vitess",
                                        "password",
                                        "",
                                        "sequence",
                                        table)));
            }
            warnings.add(where + ": its sequence " + increment.sequence() + " is in " + shards.size() + " shards");
        } catch (VtException e) {
            warnings.add(where + ": its sequence " + increment.sequence() + ": " + e.getMessage());
        }
        return null;
    }
}
