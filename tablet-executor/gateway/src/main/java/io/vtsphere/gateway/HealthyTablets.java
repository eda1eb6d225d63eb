package io.vtsphere.gateway;

import io.vtsphere.topo.TabletAlias;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tablets that may get a call for one target, and the choice among them. Immutable, thread-safe; the choice allocates nothing.
 *
 * <p>Balancing by load is the power of two choices: of two random tablets the less loaded one is taken, which keeps the best tablet from
 * being flooded by everyone at once. Source: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001.
 */
final class HealthyTablets {
    static final HealthyTablets NONE = new HealthyTablets(List.of(), 0, BalancerMode.LOAD);

    private final TabletPeer[] peers;
    private final int preferred;
    private final BalancerMode mode;

    /** @param preferred how many peers at the head of the list go before all others */
    HealthyTablets(List<TabletPeer> peers, int preferred, BalancerMode mode) {
        this.peers = peers.toArray(new TabletPeer[0]);
        this.preferred = preferred;
        this.mode = mode;
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
     * @return null when all have been tried
     */
    @Nullable
    TabletPeer pick(Set<TabletAlias> tried, RandomIndex random, Ticker ticker) {
        if (!tried.isEmpty()) {
            TabletPeer peer = pickUntried(0, preferred, tried, random);
            return peer != null ? peer : pickUntried(preferred, peers.length, tried, random);
        }
        int count = preferred > 0 ? preferred : peers.length;
        if (count <= 1) {
            return count == 0 ? null : peers[0];
        }
        int one = random.below(count);
        if (mode != BalancerMode.LOAD) {
            return peers[one];
        }
        int other = random.below(count - 1);
        if (other >= one) {
            other++;
        }
        return peers[other].load().isBetterThan(peers[one].load(), ticker.nanos()) ? peers[other] : peers[one];
    }

    /** A random one among those left; a second try is rare, so load does not matter. */
    private @Nullable TabletPeer pickUntried(int from, int to, Set<TabletAlias> tried, RandomIndex random) {
        TabletPeer chosen = null;
        int seen = 0;
        for (int i = from; i < to; i++) {
            if (!tried.contains(peers[i].alias()) && random.below(++seen) == 0) {
                chosen = peers[i];
            }
        }
        return chosen;
    }
}
