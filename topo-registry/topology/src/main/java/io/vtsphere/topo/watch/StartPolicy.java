package io.vtsphere.topo.watch;

/** What a gate does when the topology does not answer at its start ({@code topo-start-policy}). */
public enum StartPolicy {
    /** Gives up with an error. */
    FAIL,
    /** Waits for as long as it takes. */
    WAIT,
    /** Begins with the last snapshot on disk; without one, gives up. */
    SNAPSHOT
}
