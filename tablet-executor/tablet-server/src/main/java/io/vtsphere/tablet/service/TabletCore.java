package io.vtsphere.tablet.service;

import io.vtsphere.tablet.health.HealthStreamer;
import io.vtsphere.tablet.health.StateManager;
import io.vtsphere.tablet.mysql.EventLoops;
import io.vtsphere.tablet.query.QueryEngine;
import io.vtsphere.tablet.query.QueryLimits;
import io.vtsphere.tablet.query.QueryPlans;
import io.vtsphere.tablet.query.StatementRunner;
import io.vtsphere.tablet.sequence.Sequences;
import io.vtsphere.tablet.transaction.StatefulConnections;
import io.vtsphere.tablet.transaction.TransactionEngine;
import io.vtsphere.topo.TabletAlias;
import java.util.function.LongSupplier;

/** The parts of a tablet that its gRPC methods use. */
public record TabletCore(
        TabletAlias alias,
        StateManager states,
        HealthStreamer health,
        QueryPlans plans,
        QueryLimits limits,
        QueryEngine engine,
        StatementRunner runner,
        TransactionEngine transactions,
        StatefulConnections connections,
        Sequences sequences,
        SchemaReader schema,
        TabletMetrics metrics,
        EventLoops loops,
        LongSupplier ticker) {}
