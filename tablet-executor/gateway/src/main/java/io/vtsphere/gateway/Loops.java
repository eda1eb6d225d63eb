package io.vtsphere.gateway;

import io.netty.channel.EventLoop;

/** Running things on their loop. */
final class Loops {
    private Loops() {}

    /** Runs it now when this is the loop's thread, else soon; here and now when the loop has ended, because then nothing else runs there. */
    static void run(EventLoop loop, Runnable task) {
        if (loop.inEventLoop() || loop.isShutdown()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
