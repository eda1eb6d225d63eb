package io.vtsphere.gateway;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import io.vitess.proto.Query.StreamHealthRequest;
import io.vitess.proto.Query.StreamHealthResponse;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.topo.Tablet;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one tablet's StreamHealth open: dials, listens, and dials again with growing pauses when it broke. Confined to the health loop.
 *
 * <p>A tablet is lost when it is silent for {@code healthcheck-timeout}. vttablets report every 20 s only, so silence alone proves nothing:
 * after {@value #ASK_EIGHTHS} eighths of the time the tablet is asked, by a second StreamHealth on the same connection, which a live tablet
 * answers at once. A pause of the tablet of up to {@value #ANSWER_EIGHTHS} eighths therefore never throws it out. Nor do reports prove that
 * the tablet can be reached: the way there may be lost while the way back is not. So a tablet is asked too when calls are in flight and none
 * of them has been answered for as long. gRPC's own keepalive is too slow for all that: servers punish pings more often than every 10 s.
 */
final class HealthStream {
    private static final int ASK_EIGHTHS = 3;
    private static final int ANSWER_EIGHTHS = 5;
    /** A timer this late says that the gate itself stood still, and that answers may lie unread in its sockets. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What comes of it. Called on the health loop, never after {@link HealthStream#close}. */
    interface Listener {
        void onReport(StreamHealthResponse report);

        /**
         * The stream ended; it will be tried again.
         *
         * @param silent whether the tablet just stopped talking, so that its connections may hang
         */
        void onLost(String error, boolean silent);
    }

    /** Between two attempts to reach a lost tablet. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final ChannelFactory channels;
    private final Tablet tablet;
    private final TabletLoad load;
    private final long timeoutNanos;
    private final Ticker ticker;
    private final Backoff backoff;
    private final Listener listener;
    /** The attempt under way; null between attempts and after the end. */
    private @Nullable Attempt current;

    private boolean closed;

    HealthStream(
            EventLoop loop,
            ChannelFactory channels,
            Tablet tablet,
            TabletLoad load,
            GatewayConfig config,
            Ticker ticker,
            RandomIndex random,
            Listener listener) {
        this.loop = loop;
        this.channels = channels;
        this.tablet = tablet;
        this.load = load;
        this.timeoutNanos = config.healthcheckTimeout().toNanos();
        this.ticker = ticker;
        this.backoff = new Backoff(config.healthcheckRetryDelay(), longestPause(config), random);
        this.listener = listener;
    }

    /** A tablet that is back has to be found soon, however long it was away. */
    private static Duration longestPause(GatewayConfig config) {
        Duration longest =
                config.healthcheckTimeout().compareTo(LONGEST_PAUSE) < 0 ? config.healthcheckTimeout() : LONGEST_PAUSE;
        return longest.compareTo(config.healthcheckRetryDelay()) < 0 ? config.healthcheckRetryDelay() : longest;
    }

    void start() {
        if (!closed) {
            Attempt attempt = new Attempt(channels.open(tablet, loop));
            current = attempt;
            attempt.begin();
        }
    }

    void close() {
        closed = true;
        Attempt attempt = current;
        current = null;
        if (attempt != null) {
            attempt.channel.shutdownNow();
        }
    }

    private void lost(Attempt attempt, String error, boolean silent) {
        if (current != attempt) {
            return;
        }
        current = null;
        attempt.channel.shutdownNow();
        schedule(this::start, backoff.next());
        listener.onLost(error, silent);
    }

    private void schedule(Runnable task, long nanos) {
        if (!loop.isShuttingDown()) {
            var unused = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** One connection and what is heard on it. An attempt that is no longer the current one has no effect. */
    private final class Attempt {
        final ManagedChannel channel;
        private final long startedAt = ticker.nanos();
        private long heardAt = startedAt;
        private Instant heardTime = Instant.EPOCH;
        /** What the tablet was asked and has not answered. */
        private @Nullable ClientCall<StreamHealthRequest, StreamHealthResponse> question;

        Attempt(ManagedChannel channel) {
            this.channel = channel;
        }

        void begin() {
            call(true);
            checkAfter(timeoutNanos * ASK_EIGHTHS / 8);
        }

        private ClientCall<StreamHealthRequest, StreamHealthResponse> call(boolean standing) {
            ClientCall<StreamHealthRequest, StreamHealthResponse> call =
                    channel.newCall(QueryGrpc.getStreamHealthMethod(), CallOptions.DEFAULT);
            call.start(
                    new ClientCall.Listener<StreamHealthResponse>() {
                        @Override
                        public void onMessage(StreamHealthResponse report) {
                            Loops.run(loop, () -> {
                                heard(report);
                                if (!standing) {
                                    answered(call);
                                }
                            });
                            if (standing) {
                                call.request(1);
                            }
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            Loops.run(loop, () -> {
                                if (standing) {
                                    ended(status);
                                } else if (status.getCode() != Status.Code.UNAVAILABLE) {
                                    // a tablet that refuses the question has heard it
                                    answered(call);
                                }
                            });
                        }
                    },
                    new Metadata());
            call.request(1);
            call.sendMessage(StreamHealthRequest.getDefaultInstance());
            call.halfClose();
            return call;
        }

        private void heard(StreamHealthResponse report) {
            if (current != this) {
                return;
            }
            heardAt = ticker.nanos();
            heardTime = Instant.now();
            if (heardAt - startedAt > timeoutNanos / 8) {
                // a tablet that speaks once and breaks is not well: only a stream that lasts starts the pauses anew
                backoff.reset();
            }
            listener.onReport(report);
        }

        private void ended(Status status) {
            String error = status.isOk()
                    ? "EOF"
                    : TabletErrors.of(status, tablet.hostname() + ":" + tablet.grpcPort())
                            .getMessage();
            lost(this, error, false);
        }

        private void checkAfter(long nanos) {
            long due = ticker.nanos() + nanos;
            schedule(() -> check(due), nanos);
        }

        private void check(long due) {
            if (current != this) {
                return;
            }
            long now = ticker.nanos();
            long silence = Math.max(now - heardAt, load.unansweredNanos(now));
            long askAfter = timeoutNanos * ASK_EIGHTHS / 8;
            long answerWithin = timeoutNanos * ANSWER_EIGHTHS / 8;
            if (question != null) {
                if (now - due > LATE_NANOS) {
                    checkAfter(answerWithin / 2);
                } else {
                    lost(this, "healthcheck timed out (latest " + heardTime + ")", true);
                }
            } else if (silence < askAfter) {
                checkAfter(askAfter - silence);
            } else {
                question = call(false);
                checkAfter(answerWithin);
            }
        }

        /** Only its own answer ends a question: reports say nothing about the way to the tablet. */
        private void answered(ClientCall<StreamHealthRequest, StreamHealthResponse> call) {
            if (question == call) {
                question = null;
                call.cancel("answered", null);
            }
        }
    }
}
