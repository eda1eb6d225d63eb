package io.vtsphere.shardingsphere.rule.v51;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.shardingsphere.infra.yaml.config.pojo.YamlRuleConfiguration;
import org.apache.shardingsphere.infra.yaml.config.swapper.YamlRuleConfigurationSwapperEngine;
import org.apache.shardingsphere.infra.yaml.engine.constructor.ShardingSphereYamlConstruct;
import org.apache.shardingsphere.infra.yaml.engine.constructor.ShardingSphereYamlConstructor;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes the {@code !VITESS} rule of its node, whose plain values are texts then, as the keys' readers take them. All other rules are made as the
 * host does.
 *
 * <p>Stock 5.1.0 has a SnakeYAML (1.16) that makes a plain map of every class that is one. The host asks for constructs by the declared type,
 * which is that of all rules. Stateless.
 */
public final class VitessRuleConstruct implements ShardingSphereYamlConstruct {
    private static final Tag TAG = new Tag("!VITESS");
    private static final Set<String> YES = Set.of("yes", "on", "true");

    @Override
    public Class<?> getType() {
        return YamlRuleConfiguration.class;
    }

    @Override
    public Object construct(Node node) {
        if (!node.getTag().equals(TAG)) {
            return new OtherRules().make(node);
        }
        if (!(node instanceof MappingNode mapping)) {
            throw new IllegalArgumentException("!VITESS must be keys with values");
        }
        YamlVitessRuleConfiguration rule = new YamlVitessRuleConfiguration();
        fill(rule, mapping);
        return rule;
    }

    /** Of a rule that holds itself by an alias, which none may. */
    @Override
    public void construct2ndStep(Node node, Object object) {
        throw new IllegalArgumentException(node.getTag() + " must not hold itself");
    }

    /** The host's own way, by the rule's tag. */
    private static final class OtherRules extends ShardingSphereYamlConstructor {
        OtherRules() {
            super(YamlRuleConfiguration.class);
        }

        Object make(Node node) {
            Class<?> type = YamlRuleConfigurationSwapperEngine.getYamlShortcuts()
                    .get(node.getTag().getValue());
            if (type == null) {
                throw new IllegalArgumentException("there is no rule " + node.getTag() + node.getStartMark());
            }
            // else this construct would be asked again
            node.setType(type);
            return constructObject(node);
        }
    }

    private static void fill(Map<String, @Nullable Object> map, MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            map.put(String.valueOf(value(entry.getKeyNode())), value(entry.getValueNode()));
        }
    }

    private static @Nullable Object value(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            fill(map, mapping);
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Node each : sequence.getValue()) {
                list.add(value(each));
            }
            return list;
        }
        String text = ((ScalarNode) node).getValue();
        if (node.getTag().equals(Tag.NULL)) {
            return null;
        }
        return node.getTag().equals(Tag.BOOL) ? (Object) YES.contains(text.toLowerCase(Locale.ROOT)) : text;
    }
}
