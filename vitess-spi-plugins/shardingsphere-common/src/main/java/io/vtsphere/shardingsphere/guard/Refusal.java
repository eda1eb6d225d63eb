package io.vtsphere.shardingsphere.guard;

import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;

/** The error of a statement that the host would answer wrong. */
final class Refusal {
    private Refusal() {}

    static VtException of(String construct) {
        return VtError.VT12001.with(construct + " over several shards");
    }
}
