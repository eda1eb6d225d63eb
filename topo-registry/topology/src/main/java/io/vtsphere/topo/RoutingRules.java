package io.vtsphere.topo;

import io.vitess.proto.Vschema;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that send statements on a table, keyspace or shard elsewhere. Immutable.
 *
 * <p>A faulty rule is kept with its error, which whoever uses the rule gets.
 */
final class RoutingRules {
    /** Where a table's rule leads: to a table, nowhere (both null: the table is disabled), or into an error. */
    record Rule(@Nullable TableName target, @Nullable VtException error) {
        TableName target(String table) {
            if (error != null) {
                throw error;
            }
            if (target == null) {
                throw VtException.of(Code.FAILED_PRECONDITION, "table " + table + " has been disabled");
            }
            return target;
        }
    }

    private final Map<String, Rule> tables;
    private final Map<String, String> keyspaces;
    private final Map<String, String> shards;
    private final List<Vschema.MirrorRule> mirrorRules;

    private RoutingRules(
            Map<String, Rule> tables,
            Map<String, String> keyspaces,
            Map<String, String> shards,
            List<Vschema.MirrorRule> mirrorRules) {
        this.tables = tables;
        this.keyspaces = keyspaces;
        this.shards = shards;
        this.mirrorRules = mirrorRules;
    }

    static RoutingRules none() {
        return new RoutingRules(Map.of(), Map.of(), Map.of(), List.of());
    }

    static RoutingRules of(Vschema.SrvVSchema source) {
        Map<String, Rule> tables = new HashMap<>();
        for (Vschema.RoutingRule rule : source.getRoutingRules().getRulesList()) {
            tables.merge(rule.getFromTable(), rule(rule), (first, second) -> duplicate(rule));
        }
        Map<String, String> keyspaces = new HashMap<>();
        for (Vschema.KeyspaceRoutingRule rule : source.getKeyspaceRoutingRules().getRulesList()) {
            keyspaces.put(rule.getFromKeyspace(), rule.getToKeyspace());
        }
        Map<String, String> shards = new HashMap<>();
        for (Vschema.ShardRoutingRule rule : source.getShardRoutingRules().getRulesList()) {
            shards.put(rule.getFromKeyspace() + "." + rule.getShard(), rule.getToKeyspace());
        }
        return new RoutingRules(
                tables, keyspaces, shards, List.copyOf(source.getMirrorRules().getRulesList()));
    }

    /** The rule for a table served as that type; null when there is none. */
    @Nullable
    Rule table(@Nullable String keyspace, String table, TabletType type) {
        if (tables.isEmpty()) {
            return null;
        }
        String name = keyspace == null ? table : keyspace + "." + table;
        Rule forType = tables.get(name + "@" + type.lower());
        return forType != null ? forType : tables.get(name);
    }

    String keyspace(String keyspace, TabletType type) {
        if (keyspaces.isEmpty()) {
            return keyspace;
        }
        if (type != TabletType.PRIMARY) {
            String forType = keyspaces.get(keyspace + "@" + type.lower());
            if (forType != null) {
                return forType;
            }
        }
        return keyspaces.getOrDefault(keyspace, keyspace);
    }

    @Nullable
    String shard(String keyspace, String shard) {
        return shards.get(keyspace + "." + shard);
    }

    List<Vschema.MirrorRule> mirrorRules() {
        return mirrorRules;
    }

    private static Rule rule(Vschema.RoutingRule rule) {
        if (rule.getToTablesCount() == 0) {
            return new Rule(null, null);
        }
        if (rule.getToTablesCount() > 1) {
            return faulty(
                    Code.INVALID_ARGUMENT,
                    "table " + rule.getFromTable() + " has more than one target: ["
                            + String.join(" ", rule.getToTablesList()) + "]");
        }
        try {
            return new Rule(TableName.parseQualified(rule.getToTables(0)), null);
        } catch (VtException e) {
            return new Rule(null, e);
        }
    }

    private static Rule duplicate(Vschema.RoutingRule rule) {
        return faulty(Code.ALREADY_EXISTS, "duplicate rule for entry " + rule.getFromTable());
    }

    private static Rule faulty(Code code, String text) {
        return new Rule(null, VtException.of(code, text));
    }
}
