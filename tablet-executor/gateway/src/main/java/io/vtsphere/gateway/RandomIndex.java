package io.vtsphere.gateway;

import java.util.concurrent.ThreadLocalRandom;

/** Where chance comes from. Thread-safe. */
@FunctionalInterface
interface RandomIndex {
    /** @return 0 to {@code bound} - 1, all equally likely; {@code bound} is at least 1 */
    int below(int bound);

    static RandomIndex threadLocal() {
        return bound -> ThreadLocalRandom.current().nextInt(bound);
    }
}
