package io.vtsphere.topo.watch;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The body of {@code /debug/topology}: what is served, how fresh it is and what is wrong with it. Stateless. */
public final class TopologyPage {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private TopologyPage() {}

    public static String json(TopologyWatcher watcher) {
        return json(watcher.current(), watcher.status());
    }

    static String json(ServingState state, TopologyStatus status) {
        JsonObject page = new JsonObject();
        page.addProperty("epoch", state.epoch());
        page.addProperty("version", state.version());
        page.addProperty("ready", status.ready());
        page.addProperty("from_disk", status.fromDisk());
        page.addProperty("stale_seconds", status.staleNanos() / (double) TimeUnit.SECONDS.toNanos(1));
        page.add("troubles", GSON.toJsonTree(status.troubles()));
        page.add("record_faults", GSON.toJsonTree(status.recordFaults()));
        page.addProperty("unknown_fields", status.unknownFields());
        page.addProperty("tablets", state.tablets().size());
        JsonObject keyspaces = new JsonObject();
        state.keyspaces().forEach((name, keyspace) -> keyspaces.add(name, keyspace(keyspace)));
        page.add("keyspaces", keyspaces);
        JsonArray mirrors = new JsonArray();
        state.vschema()
                .mirrorRules()
                .forEach(rule ->
                        mirrors.add(rule.getFromTable() + " -> " + rule.getToTable() + " " + rule.getPercent() + "%"));
        page.add("mirror_rules_not_followed", mirrors);
        return GSON.toJson(page);
    }

    private static JsonObject keyspace(KeyspaceState keyspace) {
        JsonObject json = new JsonObject();
        json.addProperty("sharded", keyspace.sharded());
        json.addProperty("tables", keyspace.vschema().tables().size());
        json.addProperty("vindexes", keyspace.vschema().vindexes().size());
        json.addProperty(
                "foreign_key_mode", keyspace.vschema().foreignKeyMode().name().toLowerCase(Locale.ROOT));
        json.add("vschema_faults", strings(keyspace.vschema().faults().stream().map(Throwable::getMessage)));
        JsonObject shards = new JsonObject();
        for (TabletType type : keyspace.servedTypes()) {
            shards.add(type.lower(), shards(keyspace.shards(type)));
        }
        json.add("shards", shards);
        return json;
    }

    private static JsonObject shards(ShardMap map) {
        JsonObject json = new JsonObject();
        json.add("names", strings(map.shards().stream().map(ShardRef::name)));
        json.add(
                "query_service_disabled",
                strings(map.shards().stream().map(ShardRef::name).filter(map::isQueryServiceDisabled)));
        if (map.fault() != null) {
            json.addProperty("fault", map.fault());
        }
        return json;
    }

    private static JsonArray strings(Stream<String> texts) {
        Collection<String> list = texts.toList();
        JsonArray array = new JsonArray(list.size());
        list.forEach(array::add);
        return array;
    }
}
