package io.vtsphere.vindex;

/** No shard at all: no row can have the value. */
public enum None implements Destination {
    INSTANCE;

    @Override
    public String toString() {
        return Destinations.print(this);
    }
}
