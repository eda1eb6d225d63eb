package io.vtsphere.frontend.schema;

import io.vtsphere.topo.Target;
import io.vtsphere.topo.TrackedSchema;
import io.vtsphere.vterrors.VtException;
import java.util.function.Consumer;

/** Where a keyspace's schema can be read. Called on one event loop, which it must not block. */
interface SchemaSource {
    /** Calls one of the two, once, on that loop. */
    void read(Target target, Consumer<TrackedSchema> found, Consumer<VtException> failed);
}
