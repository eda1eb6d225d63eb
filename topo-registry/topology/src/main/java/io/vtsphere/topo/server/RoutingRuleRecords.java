package io.vtsphere.topo.server;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException.Kind;

/**
 * The rules that send tables, shards or keyspaces elsewhere, and those that mirror reads. They count when the cells' SrvVSchema is rebuilt.
 *
 * <p>Source: Vitess' {@code go/vt/topo/vschema.go}. Thread-safe.
 */
public final class RoutingRuleRecords {
    private final TopoConnection global;
    private final Locks locks;

    RoutingRuleRecords(TopoConnection global, Locks locks) {
        this.global = global;
        this.locks = locks;
    }

    /** A kind of rules: each is one record. */
    public record RuleKind<T extends Message>(String name, String path, T none, Parser<T> parser) {
        public static final RuleKind<Vschema.RoutingRules> TABLE = new RuleKind<>(
                "RoutingRules",
                RecordPaths.ROUTING_RULES,
                Vschema.RoutingRules.getDefaultInstance(),
                Vschema.RoutingRules.parser());
        public static final RuleKind<Vschema.ShardRoutingRules> SHARD = new RuleKind<>(
                "ShardRoutingRules",
                RecordPaths.SHARD_ROUTING_RULES,
                Vschema.ShardRoutingRules.getDefaultInstance(),
                Vschema.ShardRoutingRules.parser());
        public static final RuleKind<Vschema.KeyspaceRoutingRules> KEYSPACE = new RuleKind<>(
                "KeyspaceRoutingRules",
                RecordPaths.KEYSPACE_ROUTING_RULES,
                Vschema.KeyspaceRoutingRules.getDefaultInstance(),
                Vschema.KeyspaceRoutingRules.parser());
        public static final RuleKind<Vschema.MirrorRules> MIRROR = new RuleKind<>(
                "MirrorRules",
                RecordPaths.MIRROR_RULES,
                Vschema.MirrorRules.getDefaultInstance(),
                Vschema.MirrorRules.parser());
    }

    /** The rules of that kind; an empty message when there are none. */
    public <T extends Message> T get(RuleKind<T> kind) {
        T rules = Records.find(global, kind.path(), kind.parser());
        return rules == null ? kind.none() : rules;
    }

    /**
     * Replaces the rules of that kind; the cells follow at the next rebuild of their SrvVSchema. A record without rules is removed, but for
     * keyspaces, whose record stays.
     */
    public <T extends Message> void save(RuleKind<T> kind, T rules) {
        if (kind.path().equals(RecordPaths.KEYSPACE_ROUTING_RULES)) {
            locks.holdingRoutingRules("Apply" + kind.name(), () -> global.put(kind.path(), rules.toByteString()));
        } else if (rules.equals(kind.none())) {
            Records.ignoring(Kind.NO_NODE, () -> global.delete(kind.path()));
        } else {
            global.put(kind.path(), rules.toByteString());
        }
    }
}
