package io.vtsphere.executor;

import io.vtsphere.planner.Plan;
import io.vtsphere.topo.ServingState;

/**
 * A statement ready to run.
 *
 * @param binds its own bind variables, not shared with another execution
 * @param state the snapshot that the plan was made with
 * @param text the statement as the client sent it
 */
record Planned(Plan plan, Binds binds, ServingState state, String text) {}
