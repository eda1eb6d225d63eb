package io.vtsphere.gateway;

import io.vitess.proto.Query.StreamHealthResponse;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;

/**
 * One generation of one tablet: from the topology record that names an address until that record goes or names another one. What arrives
 * after its end is dropped, so a removed or replaced tablet cannot come back.
 *
 * <p>Written on the health loop only; {@link #vitals} and {@link #peer} are read by anyone.
 */
final class TabletRecord implements HealthStream.Listener {
    /** Learns of every change. Called on the health loop. */
    interface Observer {
        void onVitals(TabletRecord record, Vitals before, Vitals now);

        void onStreamError(TabletRecord record);

        /** The tablet has said that its tables or views have changed, or may have missed to say so. */
        void onSchemaChange(TabletRecord record);
    }

    private final TabletPeer peer;
    private final Observer observer;
    private volatile Tablet tablet;
    private volatile Vitals vitals;
    /** Which report of all tablets made this one serve; the later one of two primaries with equal terms is believed. */
    private long servingSince;

    private boolean closed;

    TabletRecord(Tablet tablet, TabletPeer peer, Observer observer) {
        this.tablet = tablet;
        this.peer = peer;
        this.observer = observer;
        this.vitals = Vitals.unheard(tablet);
    }

    TabletAlias alias() {
        return tablet.alias();
    }

    Tablet tablet() {
        return tablet;
    }

    TabletPeer peer() {
        return peer;
    }

    Vitals vitals() {
        return vitals;
    }

    long servingSince() {
        return servingSince;
    }

    void servingSince(long sequence) {
        servingSince = sequence;
    }

    /** The same process under a changed record. */
    void update(Tablet newer) {
        tablet = newer;
    }

    void close() {
        closed = true;
        peer.reachable(false);
        peer.close(false);
    }

    @Override
    public void onReport(StreamHealthResponse report) {
        if (closed) {
            return;
        }
        String fault = Vitals.fault(report, alias());
        if (fault != null) {
            // another process answers at this address: nothing it says counts, and nothing may be sent to it
            lose(fault);
            return;
        }
        peer.reachable(true);
        Vitals before = vitals;
        change(before.after(report));
        if (Vitals.saysSchemaChanged(report) || !before.heard()) {
            observer.onSchemaChange(this);
        }
    }

    @Override
    public void onLost(String error, boolean silent) {
        if (closed) {
            return;
        }
        // Calls that hang on a silent replica are moved to another one at once. On a primary they are left to finish:
        // there is no
        // other, and cutting a write short would leave it unknown whether it happened.
        boolean moveCalls = silent && vitals.target().type() != io.vtsphere.topo.TabletType.PRIMARY;
        lose(error);
        peer.disconnect(moveCalls);
    }

    private void lose(String error) {
        peer.reachable(false);
        change(vitals.lost(error));
        observer.onStreamError(this);
    }

    private void change(Vitals now) {
        Vitals before = vitals;
        vitals = now;
        observer.onVitals(this, before, now);
    }

    TabletHealth health() {
        Vitals now = vitals;
        return new TabletHealth(
                tablet,
                now.target(),
                now.serving(),
                now.primaryTermStartTime(),
                now.replicationLagSeconds(),
                now.cpuUsage(),
                now.qps(),
                now.error(),
                now.heard(),
                now.since(),
                peer.load().inFlight(),
                peer.load().latencyNanos());
    }
}
