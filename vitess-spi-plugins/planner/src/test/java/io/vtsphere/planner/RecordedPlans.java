package io.vtsphere.planner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plans that a real vtgate was seen to make, and the keyspaces that it made them for. */
final class RecordedPlans {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;
    private final VindexRegistry vindexes = VindexRegistry.load();
    private final ServingState state;

    private RecordedPlans(JsonNode root) {
        this.root = root;
        this.state = build(root.get("keyspaces"));
    }

    static RecordedPlans load() {
        return new RecordedPlans(read());
    }

    /** With the columns of the tables of keyspace customer and of commerce.region, as their MySQLs tell them. */
    static RecordedPlans withColumns() {
        JsonNode root = read();
        JsonNode customer = root.get("keyspaces").get("customer");
        for (JsonNode ddl : customer.get("tables_ddl")) {
            Matcher names = Pattern.compile("`([^`]+)`").matcher(ddl.asText().split("\n", 2)[0]);
            ObjectNode table = names.find()
                    ? (ObjectNode) customer.get("vschema").get("tables").get(names.group(1))
                    : null;
            if (table == null) {
                continue;
            }
            ArrayNode columns = table.put("column_list_authoritative", true).putArray("columns");
            Matcher column = Pattern.compile("^ +`([^`]+)`", Pattern.MULTILINE).matcher(ddl.asText());
            while (column.find()) {
                columns.addObject().put("name", column.group(1));
            }
        }
        JsonNode commerce = root.get("keyspaces").get("commerce").get("vschema_while_recording_plan");
        ((ObjectNode) commerce.get("tables"))
                .putObject("region")
                .put("column_list_authoritative", true)
                .putArray("columns")
                .add(JSON.createObjectNode().put("name", "id"))
                .add(JSON.createObjectNode().put("name", "label"));
        return new RecordedPlans(root);
    }

    private static JsonNode read() {
        try (InputStream in = RecordedPlans.class.getResourceAsStream("/recorded/vtgate-plans.json")) {
            return JSON.readTree(Objects.requireNonNull(in, "recorded plans"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One state with the keyspaces plan (four shards, no tablets), customer (two shards) and commerce (unsharded). */
    ServingState state() {
        return state;
    }

    Iterator<JsonNode> plans() {
        return root.get("plans").iterator();
    }

    Plan plan(String keyspace, String sql) {
        return plan(PlanTarget.primary(keyspace), sql);
    }

    Plan plan(PlanTarget target, String sql) {
        return plan(target, sql, PlanSettings.NONE);
    }

    Plan plan(PlanTarget target, String sql, PlanSettings settings) {
        return new Planner(vindexes).plan(sql, SqlParser.parse(sql, SqlModes.DEFAULT), state, target, settings);
    }

    private ServingState build(JsonNode keyspaces) {
        Vschema.SrvVSchema.Builder vschema = Vschema.SrvVSchema.newBuilder();
        Map<String, Topodata.SrvKeyspace> served = new TreeMap<>();
        keyspaces.fieldNames().forEachRemaining(name -> {
            JsonNode keyspace = keyspaces.get(name);
            JsonNode json = keyspace.has("vschema_while_recording_plan")
                    ? keyspace.get("vschema_while_recording_plan")
                    : keyspace.get("vschema");
            vschema.putKeyspaces(name, vschema(json));
            served.put(name, shards(keyspace.get("shards")));
        });
        return ServingState.of(vschema.build(), served, List.of(), vindexes);
    }

    private static Vschema.Keyspace vschema(JsonNode json) {
        try {
            Vschema.Keyspace.Builder keyspace = Vschema.Keyspace.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(json.toString(), keyspace);
            return keyspace.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Topodata.SrvKeyspace shards(JsonNode names) {
        Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(TabletType.PRIMARY.proto());
        for (JsonNode name : names) {
            Topodata.ShardReference.Builder shard =
                    Topodata.ShardReference.newBuilder().setName(name.asText());
            if (name.asText().contains("-")) {
                shard.setKeyRange(KeyRanges.proto(KeyRange.parse(name.asText())));
            }
            partition.addShardReferences(shard);
        }
        Topodata.SrvKeyspace.KeyspacePartition primary = partition.build();
        return Topodata.SrvKeyspace.newBuilder()
                .addPartitions(primary)
                .addPartitions(primary.toBuilder().setServedType(TabletType.REPLICA.proto()))
                .build();
    }
}
