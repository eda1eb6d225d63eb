package io.vtsphere.topo;

import io.vitess.proto.Topodata;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a tablet serves ({@code topodata.TabletType}), with Vitess' numbers. */
public enum TabletType {
    UNKNOWN,
    PRIMARY,
    REPLICA,
    RDONLY,
    SPARE,
    EXPERIMENTAL,
    BACKUP,
    RESTORE,
    DRAINED;

    private static final TabletType[] VALUES = values();

    private final String lower = name().toLowerCase(Locale.ROOT);

    /** The number on the wire. */
    public int number() {
        return ordinal();
    }

    /** The type's name in lower case, as it stands in error texts, targets and routing rules. */
    public String lower() {
        return lower;
    }

    public Topodata.TabletType proto() {
        return Topodata.TabletType.forNumber(ordinal());
    }

    /** The type with that number; {@link #UNKNOWN} where Vitess v24 knows none. */
    public static TabletType of(Topodata.TabletType type) {
        return type == Topodata.TabletType.UNRECOGNIZED ? UNKNOWN : VALUES[type.getNumber()];
    }

    /** The type of that name in any case, also under the older names MASTER and BATCH; null when there is none. */
    public static @Nullable TabletType parse(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("MASTER")) {
            return PRIMARY;
        }
        if (upper.equals("BATCH")) {
            return RDONLY;
        }
        for (TabletType type : VALUES) {
            if (type.name().equals(upper)) {
                return type;
            }
        }
        return null;
    }

    /** Whether a gateway may send queries to a tablet of this type at all. Source: {@code topoproto.IsServingType}. */
    public boolean isServing() {
        return this == PRIMARY || this == REPLICA || this == RDONLY || this == EXPERIMENTAL;
    }
}
