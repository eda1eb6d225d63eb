package io.vtsphere.gateway;

import io.vtsphere.topo.TabletAlias;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tablets that may get a call for one target, and the choice among them. Immutable, thread-safe; choosing by load allocates nothing. */
final class HealthyTablets {
    static final HealthyTablets NONE = new HealthyTablets(List.of(), 0, Choice.LOAD);

    private final TabletPeer[] peers;
    private final int preferred;
    private final Choice choice;

    /** @param preferred how many peers at the head of the list go before all others */
    HealthyTablets(List<TabletPeer> peers, int preferred, Choice choice) {
        this(peers.toArray(new TabletPeer[0]), preferred, choice);
    }

    private HealthyTablets(TabletPeer[] peers, int preferred, Choice choice) {
        this.peers = peers;
        this.preferred = preferred;
        this.choice = choice;
    }

    boolean isEmpty() {
        return peers.length == 0;
    }

    List<TabletPeer> peers() {
        return List.of(peers);
    }

    boolean sameAs(HealthyTablets other) {
        return preferred == other.preferred && Arrays.equals(peers, other.peers);
    }

    /**
     * One of the tablets.
     *
     * @param tried tablets that are out of the question, as a rule none
     * @param session the UUID of the session that asks; empty for none
     * @return null when all have been tried
     */
    @Nullable
    TabletPeer pick(Set<TabletAlias> tried, String session, RandomIndex random, Ticker ticker) {
        if (!tried.isEmpty()) {
            return without(tried).pick(Set.of(), session, random, ticker);
        }
        int count = preferred > 0 ? preferred : peers.length;
        if (count <= 1) {
            return count == 0 ? null : peers[0];
        }
        return peers[choice.of(peers, count, session, random, ticker)];
    }

    /** Those left; a second try is rare, so neither load nor the flow between cells matters, but a session's next tablet stays the same. */
    private HealthyTablets without(Set<TabletAlias> tried) {
        TabletPeer[] left = Arrays.stream(peers)
                .filter(peer -> !tried.contains(peer.alias()))
                .toArray(TabletPeer[]::new);
        int first = (int) Arrays.stream(peers, 0, preferred)
                .filter(peer -> !tried.contains(peer.alias()))
                .count();
        return new HealthyTablets(left, first, choice == Choice.SESSION ? choice : Choice.RANDOM);
    }
}
