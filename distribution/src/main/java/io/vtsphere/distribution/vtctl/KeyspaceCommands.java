package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vitess.proto.Topodata;
import io.vitess.proto.Topodata.KeyspaceType;
import io.vitess.proto.Vttime;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on keyspaces. Source of names, flags and answers: Vitess' {@code go/cmd/vtctldclient/command/keyspaces.go}. */
interface KeyspaceCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    /** What a keyspace is a snapshot of. Set by the command line, then only read. */
    final class Snapshot {
        @Option(
                names = "--type",
                defaultValue = "NORMAL",
                description = "NORMAL or SNAPSHOT; default ${DEFAULT-VALUE}.")
        private String type = "NORMAL";

        @Option(names = "--base-keyspace", paramLabel = "KEYSPACE", description = "What a SNAPSHOT is one of.")
        private @Nullable String base;

        @Option(names = "--snapshot-timestamp", paramLabel = "RFC3339", description = "When it was as the snapshot is.")
        private @Nullable String time;

        private void describe(Topodata.Keyspace.Builder keyspace) {
            String upper = type.toUpperCase(Locale.ROOT);
            if (!upper.equals("NORMAL") && !upper.equals("SNAPSHOT")) {
                throw new IllegalArgumentException("invalid keyspace type passed to --type: " + type);
            }
            if (upper.equals("NORMAL")) {
                return;
            }
            if (!keyspace.getDurabilityPolicy().equals("none")) {
                throw new IllegalArgumentException(
                        "--durability-policy cannot be specified while creating a snapshot keyspace");
            }
            if (base == null) {
                throw new IllegalArgumentException("--base-keyspace is required for a snapshot keyspace");
            }
            if (time == null) {
                throw new IllegalArgumentException("--snapshot-timestamp is required for a snapshot keyspace");
            }
            Instant instant = instant(time);
            keyspace.setKeyspaceType(KeyspaceType.SNAPSHOT)
                    .setBaseKeyspace(base)
                    .setSnapshotTime(Vttime.Time.newBuilder()
                            .setSeconds(instant.getEpochSecond())
                            .setNanoseconds(instant.getNano()));
        }

        private static Instant instant(String text) {
            Instant instant;
            try {
                instant = OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("cannot parse --snapshot-timestamp as RFC3339: " + text, e);
            }
            if (instant.isAfter(Instant.now())) {
                throw new IllegalArgumentException("--snapshot-time cannot be in the future; snapshot = " + text);
            }
            return instant;
        }
    }

    @Command(name = "GetKeyspaces", description = "Prints all keyspaces.")
    default int getKeyspaces() throws Exception {
        return run(server -> {
            JsonArray keyspaces = new JsonArray();
            server.keyspaces()
                    .names()
                    .forEach(name ->
                            keyspaces.add(keyspace(name, server.keyspaces().get(name))));
            return VtctldJson.print(keyspaces);
        });
    }

    @Command(name = "GetKeyspace", description = "Prints a keyspace.")
    default int getKeyspace(@Parameters(paramLabel = "KEYSPACE") String keyspace) throws Exception {
        return run(
                server -> VtctldJson.print(keyspace(keyspace, server.keyspaces().get(keyspace))));
    }

    @Command(name = "CreateKeyspace", description = "Makes a keyspace without shards.")
    default int createKeyspace(
            @Option(
                            names = {"-f", "--force"},
                            description = "Goes on when the keyspace is there, and leaves it as it is.")
                    boolean force,
            @Option(
                            names = {"-e", "--allow-empty-vschema"},
                            description = "Makes no VSchema record.")
                    boolean withoutVSchema,
            @ArgGroup(exclusive = false) @Nullable Snapshot snapshot,
            @Option(
                            names = "--durability-policy",
                            defaultValue = "none",
                            description = "none, semi_sync, cross_cell …; default ${DEFAULT-VALUE}.")
                    String durabilityPolicy,
            @Option(
                            names = "--sidecar-db-name",
                            defaultValue = "_vt",
                            description = "The database of Vitess' own tables; default ${DEFAULT-VALUE}.")
                    String sidecar,
            @Parameters(paramLabel = "KEYSPACE") String keyspace)
            throws Exception {
        Topodata.Keyspace.Builder record = Topodata.Keyspace.newBuilder()
                .setDurabilityPolicy(durabilityPolicy)
                .setSidecarDbName(sidecar);
        if (snapshot != null) {
            snapshot.describe(record);
        }
        return run(server -> "Successfully created keyspace " + keyspace + ". Result:\n"
                + VtctldJson.print(
                        keyspace(keyspace, create(server, keyspace, record.build(), withoutVSchema, force))));
    }

    private static Topodata.Keyspace create(
            TopoServer server, String keyspace, Topodata.Keyspace record, boolean withoutVSchema, boolean force) {
        try {
            return server.keyspaces().create(keyspace, record, withoutVSchema);
        } catch (TopoException e) {
            if (force && e.kind() == TopoException.Kind.NODE_EXISTS) {
                return server.keyspaces().get(keyspace);
            }
            throw e;
        }
    }

    @Command(name = "DeleteKeyspace", description = "Removes a keyspace without shards.")
    default int deleteKeyspace(
            @Option(
                            names = {"-r", "--recursive"},
                            description = "Also its shards and their tablets' records.")
                    boolean recursive,
            @Parameters(paramLabel = "KEYSPACE") String keyspace)
            throws Exception {
        return run(server -> {
            server.keyspaces().delete(keyspace, recursive);
            return "Successfully deleted keyspace " + keyspace + ".";
        });
    }

    @Command(
            name = "SetKeyspaceDurabilityPolicy",
            description = "Says which tablets must acknowledge the keyspace's writes.")
    default int setKeyspaceDurabilityPolicy(
            @Option(names = "--durability-policy", defaultValue = "none", description = "Default ${DEFAULT-VALUE}.")
                    String policy,
            @Parameters(paramLabel = "KEYSPACE") String keyspace)
            throws Exception {
        return run(server -> {
            JsonObject answer = new JsonObject();
            answer.add("keyspace", VtctldJson.tree(server.keyspaces().setDurabilityPolicy(keyspace, policy)));
            return VtctldJson.print(answer);
        });
    }

    static JsonObject keyspace(String name, Topodata.Keyspace record) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.add("keyspace", VtctldJson.tree(record));
        return json;
    }
}
