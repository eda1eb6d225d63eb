package io.vtsphere.shardingsphere.topology.v51;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import org.apache.shardingsphere.infra.rule.ShardingSphereRule;

/**
 * The rules of a database that follows the topology. After a CREATE TABLE the host clears a database's rules and fills in others, over all its data
 * sources, also those that do not serve: here nothing happens then.
 */
final class KeptRules extends AbstractList<ShardingSphereRule> {
    private final List<ShardingSphereRule> rules;

    KeptRules(List<ShardingSphereRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public ShardingSphereRule get(int index) {
        return rules.get(index);
    }

    @Override
    public int size() {
        return rules.size();
    }

    @Override
    public void clear() {
        // see the class
    }

    @Override
    public boolean addAll(Collection<? extends ShardingSphereRule> others) {
        return false;
    }
}
