package io.vtsphere.shardingsphere.topology.v51;

import org.apache.shardingsphere.infra.rule.identifier.scope.SchemaRule;

/** That a database has the tables of its plan and no others: what no other rule has routed is not sent to a shard by chance. Immutable. */
public final class UnknownTablesRule implements SchemaRule {
    private final String keyspace;

    UnknownTablesRule(String keyspace) {
        this.keyspace = keyspace;
    }

    public String keyspace() {
        return keyspace;
    }

    @Override
    public String getType() {
        return UnknownTablesRule.class.getSimpleName();
    }
}
