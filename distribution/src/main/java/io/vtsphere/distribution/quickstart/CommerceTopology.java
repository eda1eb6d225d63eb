package io.vtsphere.distribution.quickstart;

import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.util.List;

/** The records of the commerce example: cell, keyspaces, shards, VSchema. Stateless. */
final class CommerceTopology {
    static final String GLOBAL_ROOT = "/vitess/global";
    static final String CELL_ROOT = "/vitess/" + TabletSpec.CELL;

    private CommerceTopology() {}

    /** Writes what is not there yet; a VSchema that somebody has changed since stays as it is. */
    static void write(TopoConnector connector, String address, List<TabletSpec> tablets) throws IOException {
        try (TopoServer topo = TopoServer.open(connector, address, GLOBAL_ROOT)) {
            // always: another --ports-from moves etcd, and the cell's record says where it is
            topo.cells().update(TabletSpec.CELL, cell -> cell.toBuilder()
                    .setServerAddress(address)
                    .setRoot(CELL_ROOT)
                    .build());
            VindexRegistry vindexes = VindexRegistry.load();
            for (String keyspace : List.of("commerce", "customer")) {
                boolean fresh = !topo.keyspaces().names().contains(keyspace);
                if (fresh) {
                    topo.keyspaces().create(keyspace, "none");
                }
                for (TabletSpec tablet : tablets) {
                    if (tablet.keyspace().equals(keyspace)
                            && !topo.shards().names(keyspace).contains(tablet.shard())) {
                        topo.shards().create(keyspace, tablet.shard());
                    }
                }
                topo.servingGraph().rebuild(keyspace, List.of(TabletSpec.CELL));
                if (fresh || topo.vschemas().get(keyspace).equals(Vschema.Keyspace.getDefaultInstance())) {
                    topo.vschemas().apply(keyspace, vschema(keyspace), vindexes);
                }
            }
            topo.vschemas().rebuild(List.of(TabletSpec.CELL));
        }
    }

    private static Vschema.Keyspace vschema(String keyspace) throws IOException {
        Vschema.Keyspace.Builder builder = Vschema.Keyspace.newBuilder();
        JsonFormat.parser().merge(MySqlFleet.resource(keyspace + "-vschema.json"), builder);
        return builder.build();
    }
}
