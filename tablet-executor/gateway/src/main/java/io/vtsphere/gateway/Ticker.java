package io.vtsphere.gateway;

/** Where time comes from: nanoseconds since some moment, never going back. */
@FunctionalInterface
interface Ticker {
    long nanos();

    static Ticker system() {
        return System::nanoTime;
    }
}
