package io.vtsphere.topo;

import java.util.function.Consumer;

/** Where the current snapshot comes from. Thread-safe. */
public interface ServingStates {
    /** The newest snapshot: a plain read that never waits. */
    ServingState current();

    /**
     * Calls the listener with the current snapshot before returning, and then with every later one, one at a time, in order and possibly
     * leaving out some between, on the topology thread. The listener must not block.
     *
     * @return removes the listener when closed
     */
    AutoCloseable addListener(Consumer<ServingState> listener);

    /** Always the same snapshot. */
    static ServingStates fixed(ServingState state) {
        return new ServingStates() {
            @Override
            public ServingState current() {
                return state;
            }

            @Override
            public AutoCloseable addListener(Consumer<ServingState> listener) {
                listener.accept(state);
                return () -> {};
            }
        };
    }
}
