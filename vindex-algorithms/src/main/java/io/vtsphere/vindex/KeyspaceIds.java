package io.vtsphere.vindex;

import java.util.List;

/**
 * Several keyspace ids, in the order in which a lookup found them; may repeat, may be empty.
 *
 * @param ids copied
 */
public record KeyspaceIds(List<KeyspaceId> ids) implements Destination {
    public KeyspaceIds {
        ids = List.copyOf(ids);
    }

    @Override
    public String toString() {
        return Destinations.print(this);
    }
}
