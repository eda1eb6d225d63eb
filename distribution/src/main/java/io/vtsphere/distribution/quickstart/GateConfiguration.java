package io.vtsphere.distribution.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The conf directory: the gate's {@code server.yaml}, and how gate and tablet servers log. Stateless. */
final class GateConfiguration {
    private GateConfiguration() {}

    /** Writes it anew; what somebody changed there is lost at the next start. */
    static void write(Settings settings) throws IOException {
        Files.createDirectories(settings.confDirectory());
        Files.writeString(settings.confDirectory().resolve("server.yaml"), yaml(settings));
        Files.writeString(settings.confDirectory().resolve("logback.xml"), MySqlFleet.resource("logback.xml"));
    }

    static String yaml(Settings settings) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        String rule = new Yaml(options).dump(keys(settings)).indent(4);
        return "rules:\n  - !VITESS\n" + rule + "props:\n  proxy-frontend-database-protocol-type: VitessMySQL\n";
    }

    /** The keys of the {@code !VITESS} rule. */
    static Map<String, Object> keys(Settings settings) {
        Set<String> types = new TreeSet<>();
        settings.tablets().forEach(tablet -> types.add(tablet.primary() ? "PRIMARY" : "REPLICA"));
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("topo-implementation", settings.memoryTopology() ? "memory" : "etcd2");
        keys.put("topo-global-server-address", settings.topologyAddress());
        keys.put("topo-global-root", CommerceTopology.GLOBAL_ROOT);
        keys.put("topo-start-policy", "snapshot");
        // everything starts at once on one machine, which is busy then
        keys.put("topo-start-timeout", "60s");
        keys.put(
                "topo-snapshot-file",
                settings.dataDirectory().resolve("topology.snapshot").toString());
        keys.put("cell", TabletSpec.CELL);
        keys.put("cells-to-watch", TabletSpec.CELL);
        keys.put("tablet-types-to-wait", String.join(",", types));
        keys.put("mysql-server-bind-address", "127.0.0.1");
        keys.put("port", settings.gateHttpPort());
        keys.put("bind-address", "127.0.0.1");
        keys.put("users", Map.of("root", List.of(Map.of("password", "", "userData", "root"))));
        return keys;
    }
}
