package io.vtsphere.shardingsphere.door.v51;

import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.shardingsphere.rule.v51.VitessRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.shardingsphere.authority.config.AuthorityRuleConfiguration;
import org.apache.shardingsphere.infra.config.props.ConfigurationPropertyKey;
import org.apache.shardingsphere.infra.metadata.user.ShardingSphereUser;
import org.apache.shardingsphere.mode.metadata.MetaDataContexts;

/** What the host's server.yaml says about the front end: the {@code !VITESS} rule, with the users of {@code !AUTHORITY}. Stateless. */
final class DoorConfiguration {
    private static final String USERS = "users";

    private DoorConfiguration() {}

    /** Whether the front end is asked for. */
    static boolean isWanted(MetaDataContexts host) {
        return "VitessMySQL"
                .equals(host.getProps().getValue(ConfigurationPropertyKey.PROXY_FRONTEND_DATABASE_PROTOCOL_TYPE));
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that names the key which is missing, wrong or contradicts another
     */
    static GateServerConfig read(MetaDataContexts host) {
        VitessRule rule = host.getGlobalRuleMetaData()
                .findSingleRule(VitessRule.class)
                .orElseThrow(() -> new IllegalArgumentException("server.yaml has no !VITESS rule"));
        int limit = host.getProps().<Integer>getValue(ConfigurationPropertyKey.PROXY_FRONTEND_MAX_CONNECTIONS);
        if (limit != 0) {
            throw new IllegalArgumentException("props: proxy-frontend-max-connections has no effect, set"
                    + " max-connections of !VITESS: '" + limit + "'");
        }
        Map<String, Object> values =
                new LinkedHashMap<>(rule.configuration().settings().gate());
        if (rule.configuration().settings().values().containsKey(USERS)) {
            throw new IllegalArgumentException(
                    "users are named by !VITESS and by !AUTHORITY: those of !VITESS must go");
        }
        values.put(USERS, users(host));
        GateServerConfig config = GateServerConfig.of(values);
        if (!config.topoImplementation().equals("etcd2")) {
            throw new IllegalArgumentException(
                    "topo-implementation " + config.topoImplementation() + " cannot be reached from here");
        }
        return config;
    }

    /** The caller's name towards tablets is the user's. */
    private static Map<String, Object> users(MetaDataContexts host) {
        Map<String, Object> users = new LinkedHashMap<>();
        for (AuthorityRuleConfiguration authority :
                host.getGlobalRuleMetaData().findRuleConfiguration(AuthorityRuleConfiguration.class)) {
            for (ShardingSphereUser user : authority.getUsers()) {
                String name = user.getGrantee().getUsername();
                String address = user.getGrantee().getHostname();
                if (!address.equals("%") && !address.isEmpty()) {
                    throw new IllegalArgumentException("!AUTHORITY: users: " + name + " is bound to host '" + address
                            + "', which is not supported: only % is");
                }
                users.put(name, List.of(Map.of("password", user.getPassword(), "userData", name)));
            }
        }
        return users;
    }
}
