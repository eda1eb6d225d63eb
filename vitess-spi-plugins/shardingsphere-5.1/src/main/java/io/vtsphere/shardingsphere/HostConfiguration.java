package io.vtsphere.shardingsphere;

import io.vtsphere.shardingsphere.rule.v51.VitessRuleConfiguration;
import io.vtsphere.shardingsphere.rule.v51.YamlVitessRuleConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.shardingsphere.infra.yaml.config.pojo.YamlRuleConfiguration;
import org.apache.shardingsphere.infra.yaml.engine.YamlEngine;
import org.apache.shardingsphere.proxy.config.YamlProxyConfiguration;
import org.apache.shardingsphere.proxy.config.yaml.YamlProxyServerConfiguration;
import org.yaml.snakeyaml.error.YAMLException;

/** The host's configuration directory, read and checked for what contradicts our front end. Stateless. */
final class HostConfiguration {
    private static final String PROTOCOL = "proxy-frontend-database-protocol-type";
    private static final String MAX_CONNECTIONS = "proxy-frontend-max-connections";

    private static final Pattern SCHEMA_FILE = Pattern.compile("config-.+\\.yaml");

    private HostConfiguration() {}

    /**
     * Reads {@code server.yaml}.
     *
     * @throws IllegalArgumentException that names the file or key
     */
    static YamlProxyConfiguration load(Path directory) {
        Path file = directory.resolve("server.yaml");
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no " + file);
        }
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> schema = files.filter(each ->
                            SCHEMA_FILE.matcher(each.getFileName().toString()).matches())
                    .findFirst();
            if (schema.isPresent()) {
                throw new IllegalArgumentException(schema.get() + " has no place here: behind "
                        + VitessDatabaseType.NAME + " are no data sources");
            }
            return new YamlProxyConfiguration(
                    YamlEngine.unmarshal(file.toFile(), YamlProxyServerConfiguration.class), Map.of());
        } catch (IOException | YAMLException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The one {@code !VITESS} rule, checked; what the host needs for our front end is filled in.
     *
     * @throws IllegalArgumentException that names the key
     */
    static VitessRuleConfiguration prepare(YamlProxyServerConfiguration server) {
        List<YamlVitessRuleConfiguration> found = new ArrayList<>();
        for (YamlRuleConfiguration rule : server.getRules()) {
            if (rule instanceof YamlVitessRuleConfiguration vitess) {
                found.add(vitess);
            }
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException("rules must hold one !VITESS rule, not " + found.size());
        }
        Properties props = server.getProps() == null ? new Properties() : server.getProps();
        Object protocol = props.getOrDefault(PROTOCOL, VitessDatabaseType.NAME);
        if (!VitessDatabaseType.NAME.equals(protocol)) {
            throw new IllegalArgumentException(
                    "props: " + PROTOCOL + " must be " + VitessDatabaseType.NAME + ": '" + protocol + "'");
        }
        Object limit = props.getOrDefault(MAX_CONNECTIONS, 0);
        if (!"0".equals(String.valueOf(limit))) {
            throw new IllegalArgumentException(
                    "props: " + MAX_CONNECTIONS + " has no effect, set max-connections of !VITESS: '" + limit + "'");
        }
        props.put(PROTOCOL, VitessDatabaseType.NAME);
        server.setProps(props);
        AuthorityUsers.reconcile(server, found.get(0));
        return new VitessRuleConfiguration(found.get(0));
    }
}
