package io.vtsphere.gateway;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call with all its attempts. It is its own gRPC listener, so that a call that goes well makes no further object.
 *
 * <p>Confined to the call's loop, {@link #cancel} excepted. Attempts follow each other: the listener's {@code onClose} of one comes before the
 * next begins.
 */
abstract class RunningCall<Q extends MessageLite, R> extends ClientCall.Listener<R>
        implements CallHandle, HeldCall.Waiter {
    /**
     * A call that is given up may so long still bring the id of what it opened. A cancelled call's answer is lost where it is under way
     * already, and then the transaction holds its locks until the tablet ends it; most statements take less. In rounds, so that a loop that
     * is late reads what has come before it gives up.
     */
    private static final int OPENING_ROUNDS = 8;

    private static final long OPENING_ROUND_MILLIS = 25;

    /** Tries while the connection is in use, over some three seconds. */
    private static final int MAX_WAITS = 8;

    private final CallContext context;
    private final Operation operation;
    private final Call call;
    private final MethodDescriptor<Q, R> method;
    private final Q request;
    /** Whether another tablet may be asked, if the failure allows it. */
    private final boolean movable;
    /** Whether running it twice may write twice. */
    private final boolean once;
    /** Whether it only reads, outside of any transaction, and may be tried again when a tablet refuses it for the moment. */
    private final boolean refusable;

    private final boolean bound;
    private final long startedAt;
    private final @Nullable Deadline deadline;
    private @Nullable TargetGroup group;
    private Set<TabletAlias> tried = Set.of();
    private @Nullable VtException lastError;
    private @Nullable TabletPeer peer;
    private @Nullable ClientCall<Q, R> rpc;
    private @Nullable SentTracer tracer;
    private long attemptAt;
    private int attempts;
    /** How often it came while its connection was in use. */
    private int waitsInUse;

    private boolean cancelled;
    private boolean ended;
    /** Where the call waits for a new primary; null while it does not. */
    private @Nullable ShardBuffer waitingIn;
    /** Whether it has waited: it does so once. */
    private boolean hasWaited;
    /** Whom to tell when the try after the wait has ended. */
    private @Nullable ShardBuffer retriedFor;

    RunningCall(
            CallContext context,
            Operation operation,
            Call call,
            long transactionId,
            long reservedId,
            MethodDescriptor<Q, R> method,
            Q request) {
        this.context = context;
        this.operation = operation;
        this.call = call;
        this.method = method;
        this.request = request;
        this.movable = call.alias() == null && operation.mayMove(transactionId, reservedId);
        this.once = operation.commitsByItself(transactionId)
                && !call.readOnly()
                && call.target().type() == TabletType.PRIMARY;
        this.refusable = movable
                && !once
                && operation.commitsByItself(transactionId)
                && operation.isStatement()
                && context.config().refusedReads().coversReadsOf(call.target().type());
        this.bound = operation.isBound(transactionId, reservedId);
        this.startedAt = context.ticker().nanos();
        this.deadline = call.timeoutNanos() == 0 ? null : Deadline.after(call.timeoutNanos(), TimeUnit.NANOSECONDS);
    }

    /** The call failed for good; on the loop. */
    abstract void failed(VtException error);

    /** Lets as many answers come as are wanted; called for every attempt. */
    abstract void request(ClientCall<Q, R> attempt);

    /** The attempt's stream ended well: hand the result over by {@link #succeed}, or {@link #attemptFailed}. */
    abstract void completed();

    /** Whether nothing of this call's answer has been handed over. */
    boolean isUntouched() {
        return true;
    }

    final Call call() {
        return call;
    }

    final @Nullable ClientCall<Q, R> rpc() {
        return rpc;
    }

    final TabletAlias servedBy() {
        TabletPeer by = peer;
        if (by == null) {
            throw new IllegalStateException("no tablet was asked yet");
        }
        return by.alias();
    }

    final void start() {
        if (call.loop().inEventLoop()) {
            attempt();
        } else {
            Loops.run(call.loop(), this::attempt);
        }
    }

    private void attempt() {
        if (cancelled) {
            fail(CallErrors.canceled());
            return;
        }
        VtException refusal = CallErrors.refusal(context.config(), call, bound, request.getSerializedSize());
        if (refusal != null) {
            fail(refusal);
            return;
        }
        group = context.health().group(call.target());
        if (!waits(lastError)) {
            proceed();
        }
    }

    private void proceed() {
        TabletPeer chosen = choose();
        if (chosen == null) {
            return;
        }
        ManagedChannel channel = chosen.channel(call.loop());
        if (channel == null) {
            peer = chosen;
            next(VtError.VT14003.with(chosen.alias()), movable);
            return;
        }
        send(chosen, channel);
    }

    /** Whether the call waits for a new primary now; then {@link #released} goes on with it. */
    private boolean waits(@Nullable VtException cause) {
        TargetGroup now = group;
        ShardBuffer buffer = now == null ? null : now.buffer();
        if (buffer == null || hasWaited || bound || !movable) {
            return false;
        }
        if (!buffer.isHolding() && (cause == null || !buffer.meansFailover(cause))) {
            return false;
        }
        waitingIn = buffer;
        long left = deadline == null ? 0 : Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS));
        Loops.run(context.health().loop(), () -> buffer.offer(this, cause, left));
        return true;
    }

    @Override
    public final void released(@Nullable VtException error, boolean held, boolean report) {
        Loops.run(call.loop(), () -> {
            ShardBuffer buffer = waitingIn;
            waitingIn = null;
            retriedFor = report ? buffer : null;
            if (held) {
                hasWaited = true;
                // whoever failed before may be the primary now
                tried = Set.of();
            }
            group = context.health().group(call.target());
            if (error != null) {
                fail(CallErrors.waitedInVain(error, lastError));
            } else if (cancelled) {
                fail(CallErrors.canceled());
            } else {
                proceed();
            }
        });
    }

    /** The tablet to ask; null when there is none, and then the call has failed. */
    private @Nullable TabletPeer choose() {
        TabletAlias alias = call.alias();
        if (alias != null) {
            TabletPeer pinned = context.health().peer(alias);
            if (pinned == null) {
                fail(CallErrors.pinnedTabletIsGone(alias));
            }
            return pinned;
        }
        TargetGroup now = group;
        if (now == null) {
            fail(TargetGroup.noHealthyTablet(call.target()));
            return null;
        }
        HealthyTablets healthy = now.healthy();
        if (healthy.isEmpty()) {
            VtException nobody = now.nobody();
            next(nobody, movable && now.buffer() != null && nobody.code() == Code.CLUSTER_EVENT);
            return null;
        }
        TabletPeer chosen = healthy.pick(tried, call.session(), context.random(), context.ticker());
        if (chosen == null) {
            fail(lastError != null ? lastError : VtError.VT14002.with());
        }
        return chosen;
    }

    private void send(TabletPeer chosen, ManagedChannel channel) {
        CallOptions options = context.options();
        if (deadline != null) {
            options = options.withDeadline(deadline);
        }
        tracer = null;
        if (once && movable) {
            SentTracer watching = new SentTracer();
            tracer = watching;
            options = options.withStreamTracerFactory(new ClientStreamTracer.Factory() {
                @Override
                public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                    return watching;
                }
            });
        }
        peer = chosen;
        attemptAt = context.ticker().nanos();
        chosen.load().began();
        ClientCall<Q, R> attempt = channel.newCall(method, options);
        rpc = attempt;
        attempt.start(this, new Metadata());
        request(attempt);
        attempt.sendMessage(request);
        attempt.halfClose();
    }

    @Override
    public final void onClose(Status status, Metadata trailers) {
        if (call.loop().inEventLoop()) {
            closed(status);
        } else {
            // only where a host name could not be looked up: gRPC says so on its resolver's thread
            Loops.run(call.loop(), () -> closed(status));
        }
    }

    private void closed(Status status) {
        TabletPeer asked = peer;
        if (ended || asked == null) {
            return;
        }
        rpc = null;
        if (status.isOk()) {
            completed();
            return;
        }
        VtException cut = cut();
        if (cut != null) {
            attemptFailed(cut);
            return;
        }
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            asked.dropIfFailing(call.loop());
        }
        if (cancelled) {
            endAttempt(false);
            fail(CallErrors.canceled());
            return;
        }
        attemptFailed(TabletErrors.of(status, asked.address()));
    }

    /** The tablet's answer cannot be read: another one may do better where running the statement again does no harm. */
    final VtException unreadable(Rows.Broken broken) {
        boolean alone = operation == Operation.EXECUTE || operation == Operation.STREAM_EXECUTE;
        return VtException.of(alone && !once ? Code.UNAVAILABLE : Code.INTERNAL, String.valueOf(broken.getMessage()));
    }

    /** Why this side has cut the attempt's stream; null when it has not. */
    @Nullable
    VtException cut() {
        return null;
    }

    /** Ends the attempt with an error: the call moves on to another tablet if this may be, else it fails. */
    final void attemptFailed(VtException error) {
        endAttempt(false);
        if (refusable && isUntouched() && RefusedReads.isRefusal(error)) {
            refused(error);
            return;
        }
        if (bound && isUntouched() && TabletErrors.isInUse(error)) {
            inUse(error);
            return;
        }
        boolean again = movable
                && isUntouched()
                && TabletErrors.anotherTabletMayServe(error.code())
                && (tracer == null || !tracer.mayHaveRun());
        next(error, again);
    }

    /** A primary is the only one of its kind: its reads come back later. Others are asked at once. */
    private void refused(VtException error) {
        if (call.target().type() != TabletType.PRIMARY) {
            next(error, true);
            return;
        }
        lastError = error;
        peer = null;
        if (attempts >= context.config().retryCount() || expired()) {
            fail(error);
            return;
        }
        attempts++;
        pause(attempts);
    }

    /**
     * The statement before this one was given up, by KILL or by a client that went, and the tablet is still about to interrupt it. Without
     * another try a ROLLBACK would fail, and leave the transaction and its locks until the tablet ends it.
     */
    private void inUse(VtException error) {
        lastError = error;
        peer = null;
        if (waitsInUse >= MAX_WAITS || cancelled || expired()) {
            fail(error);
            return;
        }
        waitsInUse++;
        pause(waitsInUse);
    }

    private void pause(int number) {
        var unused = call.loop()
                .schedule(this::attempt, RefusedReads.pauseNanos(number, context.random()), TimeUnit.NANOSECONDS);
    }

    private void next(VtException error, boolean again) {
        lastError = error;
        TabletPeer asked = peer;
        peer = null;
        if (!again || attempts >= context.config().retryCount() || expired()) {
            fail(error);
            return;
        }
        attempts++;
        if (asked != null) {
            if (tried.isEmpty()) {
                tried = new HashSet<>(4);
            }
            tried.add(asked.alias());
        }
        attempt();
    }

    private boolean expired() {
        return deadline != null && deadline.isExpired();
    }

    private void endAttempt(boolean answered) {
        TabletPeer asked = peer;
        if (asked != null) {
            if (answered && !operation.streams()) {
                long now = context.ticker().nanos();
                asked.load().answered(now, now - attemptAt);
            } else {
                asked.load().ended();
            }
        }
    }

    /** Ends the call well; the caller then hands the result over. */
    final void succeed() {
        endAttempt(true);
        end();
    }

    private void fail(VtException error) {
        TargetGroup known = group;
        end();
        if (known != null && !TabletErrors.isClientsFault(error.code())) {
            known.metrics().recordError(operation);
        }
        failed(error.withPrefix(CallErrors.prefix(call.target())));
    }

    private void end() {
        ended = true;
        TargetGroup known = group;
        if (known != null) {
            known.metrics().record(operation, context.ticker().nanos() - startedAt);
        }
        ShardBuffer buffer = retriedFor;
        if (buffer != null) {
            retriedFor = null;
            Loops.run(context.health().loop(), buffer::retried);
        }
    }

    @Override
    public final void cancel() {
        Loops.run(call.loop(), () -> {
            cancelled = true;
            ShardBuffer buffer = waitingIn;
            if (buffer != null) {
                Loops.run(context.health().loop(), () -> buffer.cancel(this));
                return;
            }
            ClientCall<Q, R> attempt = rpc;
            if (ended || attempt == null) {
                return;
            }
            giveUp(attempt, operation.opens() ? OPENING_ROUNDS : 0);
        });
    }

    private void giveUp(ClientCall<Q, R> attempt, int rounds) {
        if (rpc != attempt) {
            return;
        }
        if (rounds == 0) {
            attempt.cancel("the caller gave up", null);
            return;
        }
        var unused =
                call.loop().schedule(() -> giveUp(attempt, rounds - 1), OPENING_ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }
}
