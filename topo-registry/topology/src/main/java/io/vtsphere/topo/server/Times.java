package io.vtsphere.topo.server;

import io.vitess.proto.Vttime;
import java.time.Instant;

/** Points in time as records hold them. */
final class Times {
    private Times() {}

    static Vttime.Time proto(Instant time) {
        return Vttime.Time.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanoseconds(time.getNano())
                .build();
    }

    static Instant instant(Vttime.Time time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanoseconds());
    }
}
