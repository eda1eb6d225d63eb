package io.vtsphere.topo.server;

import io.vtsphere.topo.TabletAlias;

/** Where the records lie below the root of the global topology or of a cell. Source: Vitess' {@code go/vt/topo/server.go}. */
public final class RecordPaths {
    public static final String CELLS = "cells";
    public static final String CELLS_ALIASES = "cells_aliases";
    public static final String KEYSPACES = "keyspaces";
    public static final String TABLETS = "tablets";
    public static final String SRV_VSCHEMA = "SrvVSchema";
    public static final String ROUTING_RULES = "RoutingRules";
    public static final String SHARD_ROUTING_RULES = "ShardRoutingRules";
    public static final String MIRROR_RULES = "MirrorRules";
    public static final String KEYSPACE_ROUTING_RULES = "routing_rules/keyspace/Rules";
    static final String ROUTING_RULES_DIRECTORY = "routing_rules";
    static final String SHARDS = "shards";

    private RecordPaths() {}

    public static String cellInfo(String cell) {
        return CELLS + "/" + cell + "/CellInfo";
    }

    public static String cellsAlias(String alias) {
        return CELLS_ALIASES + "/" + alias + "/CellsAlias";
    }

    static String keyspaceDirectory(String keyspace) {
        return KEYSPACES + "/" + keyspace;
    }

    public static String keyspace(String keyspace) {
        return keyspaceDirectory(keyspace) + "/Keyspace";
    }

    public static String vschema(String keyspace) {
        return keyspaceDirectory(keyspace) + "/VSchema";
    }

    static String shardDirectory(String keyspace, String shard) {
        return keyspaceDirectory(keyspace) + "/" + SHARDS + "/" + shard;
    }

    public static String shard(String keyspace, String shard) {
        return shardDirectory(keyspace, shard) + "/Shard";
    }

    public static String srvKeyspace(String keyspace) {
        return keyspaceDirectory(keyspace) + "/SrvKeyspace";
    }

    public static String tablet(TabletAlias alias) {
        return TABLETS + "/" + alias + "/Tablet";
    }

    public static String shardReplication(String keyspace, String shard) {
        return shardDirectory(keyspace, shard) + "/ShardReplication";
    }
}
