package io.vtsphere.shardingsphere;

import io.vtsphere.shardingsphere.rule.v51.YamlVitessRuleConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.shardingsphere.authority.yaml.config.YamlAuthorityRuleConfiguration;
import org.apache.shardingsphere.infra.yaml.config.pojo.YamlRuleConfiguration;
import org.apache.shardingsphere.infra.yaml.config.pojo.algorithm.YamlShardingSphereAlgorithmConfiguration;
import org.apache.shardingsphere.proxy.config.yaml.YamlProxyServerConfiguration;

/**
 * The host's {@code !AUTHORITY} rule beside ours: its users may log in when {@code !VITESS} names none, and the host, which cannot start
 * without the rule, gets an empty one when it is absent. Stateless.
 */
final class AuthorityUsers {
    private static final Pattern USER = Pattern.compile("([^@]*)@([^@:]*):(.*)", Pattern.DOTALL);

    private AuthorityUsers() {}

    /**
     * Brings both rules together.
     *
     * @throws IllegalArgumentException when both name users, or an entry cannot be read
     */
    static void reconcile(YamlProxyServerConfiguration server, YamlVitessRuleConfiguration vitess) {
        YamlAuthorityRuleConfiguration authority = null;
        for (YamlRuleConfiguration rule : server.getRules()) {
            if (rule instanceof YamlAuthorityRuleConfiguration found) {
                authority = found;
            }
        }
        if (authority == null) {
            List<YamlRuleConfiguration> rules = new ArrayList<>(server.getRules());
            rules.add(empty());
            server.setRules(rules);
        } else if (authority.getUsers() != null && !authority.getUsers().isEmpty()) {
            if (vitess.containsKey("users")) {
                throw new IllegalArgumentException("users are named by !VITESS and by !AUTHORITY: one of them must go");
            }
            vitess.put("users", read(authority.getUsers()));
        }
    }

    private static YamlAuthorityRuleConfiguration empty() {
        YamlShardingSphereAlgorithmConfiguration provider = new YamlShardingSphereAlgorithmConfiguration();
        provider.setType("ALL_PRIVILEGES_PERMITTED");
        YamlAuthorityRuleConfiguration authority = new YamlAuthorityRuleConfiguration();
        authority.setUsers(List.of());
        authority.setProvider(provider);
        return authority;
    }

    /** {@code user@%:password}; the caller's name towards tablets is the user's. */
    private static Map<String, Object> read(Collection<String> users) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (String text : users) {
            Matcher user = USER.matcher(text);
            if (!user.matches()) {
                throw new IllegalArgumentException("!AUTHORITY: users: user@%:password is due, not '" + text + "'");
            }
            String host = user.group(2);
            if (!host.equals("%") && !host.isEmpty()) {
                throw new IllegalArgumentException("!AUTHORITY: users: " + user.group(1) + " is bound to host '" + host
                        + "', which is not supported: only % is");
            }
            result.put(user.group(1), Map.of("password", user.group(3), "userData", user.group(1)));
        }
        return result;
    }
}
