package io.vtsphere.vindex;

import java.util.stream.Collectors;

/** The texts of destinations, as Vitess prints them in errors and traces. */
public final class Destinations {
    private Destinations() {}

    /** {@code DestinationKeyspaceID(80)}, {@code DestinationKeyRange(-80)}, {@code DestinationNone()}, … */
    public static String print(Destination destination) {
        if (destination instanceof KeyspaceId id) {
            return "DestinationKeyspaceID(" + id + ")";
        }
        if (destination instanceof KeyspaceIds several) {
            return several.ids().stream()
                    .map(KeyspaceId::toString)
                    .collect(Collectors.joining(",", "DestinationKeyspaceIDs(", ")"));
        }
        if (destination instanceof KeyRange range) {
            return "DestinationKeyRange(" + range + ")";
        }
        return destination == None.INSTANCE ? "DestinationNone()" : "DestinationAllShards()";
    }
}
