package io.vtsphere.executor;

import io.vitess.proto.Query;
import java.util.List;

/** A statement that a session has prepared. Immutable; valid for the session that made it, for as long as that lives. */
public interface PreparedPlan {
    /** Number of parameter markers, 0 to 65535. */
    int paramCount();

    /** The fields that execution will send, as far as they are known now; empty for a statement without a result set. */
    List<Query.Field> fields();
}
