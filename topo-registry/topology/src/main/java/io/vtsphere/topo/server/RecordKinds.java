package io.vtsphere.topo.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import java.util.Map;
import java.util.Optional;

/** Which message belongs into a file, by the file's name. Source: Vitess' {@code go/vt/topo/decode.go}. */
public final class RecordKinds {
    private static final Map<String, Message> BY_FILE = Map.ofEntries(
            Map.entry("CellInfo", Topodata.CellInfo.getDefaultInstance()),
            Map.entry("CellsAlias", Topodata.CellsAlias.getDefaultInstance()),
            Map.entry("Keyspace", Topodata.Keyspace.getDefaultInstance()),
            Map.entry("Shard", Topodata.Shard.getDefaultInstance()),
            Map.entry("VSchema", Vschema.Keyspace.getDefaultInstance()),
            Map.entry("ShardReplication", Topodata.ShardReplication.getDefaultInstance()),
            Map.entry("Tablet", Topodata.Tablet.getDefaultInstance()),
            Map.entry("SrvVSchema", Vschema.SrvVSchema.getDefaultInstance()),
            Map.entry("SrvKeyspace", Topodata.SrvKeyspace.getDefaultInstance()),
            Map.entry("RoutingRules", Vschema.RoutingRules.getDefaultInstance()),
            Map.entry("ShardRoutingRules", Vschema.ShardRoutingRules.getDefaultInstance()),
            Map.entry("MirrorRules", Vschema.MirrorRules.getDefaultInstance()),
            Map.entry("Rules", Vschema.KeyspaceRoutingRules.getDefaultInstance()));

    private RecordKinds() {}

    /**
     * The contents of a file as a message; empty when no message is known for its name.
     *
     * @throws InvalidProtocolBufferException when the contents are not that message
     */
    public static Optional<Message> decode(String path, ByteString contents) throws InvalidProtocolBufferException {
        Message empty = BY_FILE.get(path.substring(path.lastIndexOf('/') + 1));
        return empty == null
                ? Optional.empty()
                : Optional.of(empty.getParserForType().parseFrom(contents));
    }
}
