package io.vtsphere.executor;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.ServingState;
import io.vtsphere.vindex.VindexRegistry;
import java.util.List;
import java.util.Map;

/** Keyspaces {@code look} (unsharded) and {@code customer} (-80, 80-) whose tables have lookup vindexes of every kind. */
final class LookupCluster {
    private static final String VSCHEMA = """
            {"keyspaces": {
              "look": {"tables": {"email_idx": {}, "hash_idx": {}, "loose_idx": {}}},
              "customer": {"sharded": true,
                "vindexes": {
                  "hash": {"type": "hash"}, "unicode_loose_md5": {"type": "unicode_loose_md5"},
                  "order_idx": {"type": "consistent_lookup_unique", "owner": "corder",
                    "params": {"table": "customer.corder_idx", "from": "order_id", "to": "keyspace_id"}},
                  "sku_idx": {"type": "lookup", "owner": "corder",
                    "params": {"table": "customer.sku_idx", "from": "sku,order_id", "to": "keyspace_id"}},
                  "email_idx": {"type": "lookup_unique", "owner": "customer",
                    "params": {"table": "look.email_idx", "from": "email", "to": "keyspace_id", "autocommit": "true"}},
                  "batch_idx": {"type": "lookup", "owner": "item",
                    "params": {"table": "customer.sku_idx", "from": "sku", "to": "keyspace_id", "batch_lookup": "true"}},
                  "num_idx": {"type": "lookup_hash_unique", "owner": "item",
                    "params": {"table": "look.hash_idx", "from": "num", "to": "id"}},
                  "loose_idx": {"type": "lookup_unicodeloosemd5_hash", "owner": "item",
                    "params": {"table": "look.loose_idx", "from": "loose", "to": "id"}},
                  "tag_idx": {"type": "lookup", "owner": "note",
                    "params": {"table": "customer.tag_idx", "from": "tag", "to": "keyspace_id", "multi_shard_autocommit": "true"}},
                  "new_idx": {"type": "lookup", "owner": "item",
                    "params": {"table": "customer.sku_idx", "from": "fresh", "to": "keyspace_id", "write_only": "true", "ignore_nulls": "true"}}
                },
                "tables": {
                  "customer": {"column_vindexes": [{"column": "customer_id", "name": "hash"}, {"column": "email", "name": "email_idx"}]},
                  "corder": {"column_vindexes": [{"column": "customer_id", "name": "hash"},
                    {"column": "order_id", "name": "order_idx"}, {"columns": ["sku", "order_id"], "name": "sku_idx"}]},
                  "item": {"column_vindexes": [{"column": "customer_id", "name": "hash"}, {"column": "sku", "name": "batch_idx"},
                    {"column": "num", "name": "num_idx"}, {"column": "loose", "name": "loose_idx"}, {"column": "fresh", "name": "new_idx"}]},
                  "corder_idx": {"column_vindexes": [{"column": "order_id", "name": "hash"}]},
                  "note": {"column_vindexes": [{"column": "id", "name": "hash"}, {"column": "tag", "name": "tag_idx"}]},
                  "tag_idx": {"column_vindexes": [{"column": "tag", "name": "unicode_loose_md5"}]},
                  "sku_idx": {"column_vindexes": [{"column": "sku", "name": "unicode_loose_md5"}]}
                }}}}
            """;

    private LookupCluster() {}

    static ServingState state() {
        Vschema.SrvVSchema.Builder vschema = Vschema.SrvVSchema.newBuilder();
        try {
            JsonFormat.parser().merge(VSCHEMA, vschema);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return ServingState.of(
                vschema.build(),
                Map.of("look", Cluster.keyspace("0"), "customer", Cluster.keyspace("-80", "80-")),
                List.of(),
                VindexRegistry.load());
    }
}
