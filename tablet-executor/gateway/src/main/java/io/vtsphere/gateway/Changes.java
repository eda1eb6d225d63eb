package io.vtsphere.gateway;

/** Lets threads wait until something changed. Thread-safe; the signalling side waits for nobody. */
final class Changes {
    /** Guarded by this. */
    private long count;

    synchronized long count() {
        return count;
    }

    synchronized void signal() {
        count++;
        notifyAll();
    }

    /** Waits until there was a change after the one counted, or the time is over. */
    synchronized void await(long counted, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (count == counted) {
            long left = (end - System.nanoTime() + 999_999) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
