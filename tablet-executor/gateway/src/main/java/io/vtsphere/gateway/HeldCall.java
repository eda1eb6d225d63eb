package io.vtsphere.gateway;

import io.vtsphere.vterrors.VtException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** A call that waits for a new primary. Its fields are confined to the health loop. */
final class HeldCall {
    /** How the waiting ended; called once, on the health loop. */
    interface Waiter {
        /**
         * @param error why it was in vain; null to try the call now
         * @param held whether the call had waited at all
         * @param report whether {@link ShardBuffer#retried} must be told when the try has ended
         */
        void released(@Nullable VtException error, boolean held, boolean report);
    }

    private final Waiter waiter;
    private @Nullable ScheduledFuture<?> deadline;

    HeldCall(Waiter waiter) {
        this.waiter = waiter;
    }

    Waiter waiter() {
        return waiter;
    }

    void deadline(ScheduledFuture<?> timer) {
        deadline = timer;
    }

    void release(@Nullable VtException error, boolean report) {
        ScheduledFuture<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        waiter.released(error, true, report);
    }
}
