package io.vtsphere.shardingsphere.door.v51;

import io.vitess.proto.Query;
import io.vtsphere.executor.PreparedPlan;
import java.util.List;

/** A statement that is prepared for the host's kernel, which tells its fields when it runs. Immutable. */
record KernelPlan(String database, String sql, int paramCount) implements PreparedPlan {
    @Override
    public List<Query.Field> fields() {
        return List.of();
    }
}
