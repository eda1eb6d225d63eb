package io.vtsphere.gateway;

import java.nio.charset.StandardCharsets;
import net.openhft.hashing.LongHashFunction;

/**
 * Chooses one of several tablets. Immutable, thread-safe.
 *
 * <p>By load it is the power of two choices: of two random tablets the less loaded one is taken, which keeps the best tablet from being
 * flooded by everyone at once. Source: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001. By session it is
 * rendezvous hashing, as in Vitess' {@code go/vt/vtgate/balancer/session.go}.
 */
@FunctionalInterface
interface Choice {
    Choice RANDOM = (peers, count, session, random, ticker) -> random.below(count);
    Choice LOAD = (peers, count, session, random, ticker) -> lessLoaded(peers, count, random, ticker);
    Choice SESSION = (peers, count, session, random, ticker) -> rendezvous(peers, count, session);

    /**
     * @param count how many peers at the head are in question; at least 1
     * @param session the UUID of the session that asks; empty for none
     * @return an index below {@code count}
     */
    int of(TabletPeer[] peers, int count, String session, RandomIndex random, Ticker ticker);

    static Choice of(BalancerMode mode) {
        return switch (mode) {
            case LOAD -> LOAD;
            case SESSION -> SESSION;
            case CELL, RANDOM, PREFER_CELL -> RANDOM;
        };
    }

    /**
     * Random, but not evenly.
     *
     * @param limits the share of each peer added to those before it, rising to above 0
     */
    static Choice weighted(int[] limits) {
        int[] copy = limits.clone();
        return (peers, count, session, random, ticker) -> {
            int point = random.below(copy[count - 1]);
            int index = 0;
            while (copy[index] <= point) {
                index++;
            }
            return index;
        };
    }

    private static int lessLoaded(TabletPeer[] peers, int count, RandomIndex random, Ticker ticker) {
        if (count == 1) {
            return 0;
        }
        int one = random.below(count);
        int other = random.below(count - 1);
        if (other >= one) {
            other++;
        }
        return peers[other].load().isBetterThan(peers[one].load(), ticker.nanos()) ? other : one;
    }

    private static int rendezvous(TabletPeer[] peers, int count, String session) {
        int best = 0;
        long most = 0;
        for (int i = 0; i < count; i++) {
            byte[] key = (peers[i].alias() + "#" + session).getBytes(StandardCharsets.UTF_8);
            long weight = LongHashFunction.xx().hashBytes(key);
            if (i == 0 || Long.compareUnsigned(weight, most) > 0) {
                best = i;
                most = weight;
            }
        }
        return best;
    }
}
