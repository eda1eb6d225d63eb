package io.vtsphere.testcluster;

import io.vtsphere.testkit.MySqlProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * A tablet that is to be: a primary on free ports over a database, unless something else is said. Immutable.
 *
 * @param type as {@code --init-tablet-type} has it
 * @param mysqlPort of a MySQL that lets root in without a password
 * @param flags further ones, which win over those that are made here
 */
public record TestTablet(
        String keyspace, String shard, int uid, String type, int mysqlPort, String database, List<String> flags) {
    public TestTablet {
        flags = List.copyOf(flags);
    }

    public static TestTablet of(String keyspace, String shard, int uid, MySqlProcess mysql, String database) {
        return new TestTablet(keyspace, shard, uid, "primary", mysql.port(), database, List.of());
    }

    public TestTablet ofType(String newType) {
        return new TestTablet(keyspace, shard, uid, newType, mysqlPort, database, flags);
    }

    public TestTablet withFlags(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new TestTablet(keyspace, shard, uid, type, mysqlPort, database, all);
    }
}
