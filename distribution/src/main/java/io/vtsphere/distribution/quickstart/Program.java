package io.vtsphere.distribution.quickstart;

import java.io.IOException;

/** A tablet server or the gate as the cluster sees it: it runs, and can be started again. */
interface Program extends AutoCloseable {
    boolean isAlive();

    /** Where its log is, for a person. */
    String log();

    /** Starts it again, after stopping it where it still runs. */
    void restart() throws IOException;

    @Override
    void close();
}
