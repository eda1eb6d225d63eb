package io.vtsphere.faults;

/**
 * One statement of the load.
 *
 * @param value what was written; the expected value of a read
 * @param intendedNanos when the schedule wanted it, which is where its latency begins
 * @param error empty unless it failed
 */
record Operation(
        Kind kind,
        String shard,
        long key,
        long value,
        long intendedNanos,
        long endNanos,
        Outcome outcome,
        String error) {
    enum Kind {
        REPLICA_READ,
        PRIMARY_READ,
        INSERT,
        INCREMENT;

        boolean reads() {
            return this == REPLICA_READ || this == PRIMARY_READ;
        }
    }

    enum Outcome {
        OK,
        /** Did certainly not happen. */
        FAILED,
        /** Nobody can say: the connection broke after the statement had left. */
        UNKNOWN
    }

    double millis() {
        return (endNanos - intendedNanos) / 1e6;
    }

    String line(long origin) {
        return (intendedNanos - origin) / 1_000 + "," + (endNanos - origin) / 1_000 + "," + kind + "," + shard + ","
                + key + "," + value + "," + outcome + ","
                + error.replace('\n', ' ').replace(',', ';');
    }
}
