package io.vtsphere.vindex;

/** Every shard of the keyspace, whatever the partition. */
public enum AllShards implements Destination {
    INSTANCE;

    @Override
    public String toString() {
        return Destinations.print(this);
    }
}
