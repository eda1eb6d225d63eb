package io.vtsphere.tablet.service;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.VTGateCallerID;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.QueryControl;
import io.vtsphere.tablet.query.PlanType;
import io.vtsphere.tablet.query.QueryPlan;
import io.vtsphere.tablet.query.StatementCall;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One gRPC call: its caller, deadline and statement, and where its errors go.
 *
 * <p>Used by one thread at a time; the call's steps hand it on.
 */
final class CallContext {
    private final TabletCore core;
    private final StreamObserver<?> observer;
    private final VTGateCallerID caller;
    private final QueryControl control;
    private final int loop;
    private final AtomicReference<@Nullable Runnable> whenLost = new AtomicReference<>();
    private BoundQuery query = BoundQuery.getDefaultInstance();
    private ExecuteOptions options = ExecuteOptions.getDefaultInstance();
    private @Nullable QueryPlan plan;

    private CallContext(TabletCore core, StreamObserver<?> observer, VTGateCallerID caller, QueryControl control) {
        this.core = core;
        this.observer = observer;
        this.caller = caller;
        this.control = control;
        this.loop = core.loops().current();
    }

    /** Must be made in the gRPC method itself: the cancel handler cannot be set later. */
    static CallContext of(TabletCore core, StreamObserver<?> observer, VTGateCallerID caller) {
        long now = core.ticker().getAsLong();
        QueryControl control = new QueryControl(now, QueryControl.NEVER);
        Deadline deadline = Context.current().getDeadline();
        if (deadline != null) {
            control.limit(now + deadline.timeRemaining(TimeUnit.NANOSECONDS));
        }
        CallContext context = new CallContext(core, observer, caller, control);
        ((ServerCallStreamObserver<?>) observer).setOnCancelHandler(() -> {
            control.cancel();
            context.lost();
        });
        return context;
    }

    /** Runs the task once when the caller gives up without having got the answer, also while this is on its way; at once when it has. */
    void whenLost(Runnable task) {
        whenLost.set(task);
        if (control.cancelled()) {
            lost();
        }
    }

    private void lost() {
        Runnable task = whenLost.getAndSet(null);
        if (task != null) {
            task.run();
        }
    }

    /** @throws VtException when the text is no statement for a tablet */
    CallContext statement(BoundQuery wanted, ExecuteOptions with) {
        query = wanted;
        options = with;
        plan = core.plans().plan(wanted.getSql(), !with.getSkipQueryPlanCache());
        return this;
    }

    CallContext options(ExecuteOptions with) {
        options = with;
        return this;
    }

    /** Bounds the call by the caller's timeout, else by the tablet's own. */
    CallContext bounded() {
        long nanos = options.hasAuthoritativeTimeout()
                ? TimeUnit.MILLISECONDS.toNanos(options.getAuthoritativeTimeout())
                : core.limits().queryTimeout().toNanos();
        if (nanos > 0) {
            control.limit(control.startNanos() + nanos);
        }
        return this;
    }

    int loop() {
        return loop;
    }

    QueryControl control() {
        return control;
    }

    ExecuteOptions options() {
        return options;
    }

    QueryPlan plan() {
        QueryPlan known = plan;
        if (known == null) {
            throw new IllegalStateException("this call has no statement");
        }
        return known;
    }

    StatementCall call() {
        return StatementCall.of(loop, query, plan(), options, control);
    }

    /** The error with the caller's name and the statement. */
    VtException describe(RuntimeException error) {
        QueryPlan known = plan;
        if (query.getSql().isEmpty()) {
            return CallErrors.describe(error, caller);
        }
        PlanType type = known == null ? null : known.type();
        int maxLimit = type != null && type.bindsMaxLimit() ? core.limits().maxResultRows() + 1 : 0;
        return CallErrors.describe(error, caller, query.getSql(), query.getBindVariablesMap(), maxLimit);
    }

    /** Goes on with the next step, or ends the call with the error. */
    <T> Callback<T> then(Consumer<T> next) {
        return new Callback<>() {
            @Override
            public void success(T value) {
                next.accept(value);
            }

            @Override
            public void failure(RuntimeException error) {
                fail(error);
            }
        };
    }

    /** Ends the call with an error. */
    void fail(RuntimeException error) {
        failAsIs(describe(error));
    }

    /** Ends the call with an error that carries no caller, such as a wrong target. */
    void failAsIs(VtException error) {
        finished(error.code());
        observer.onError(CallErrors.status(error));
    }

    void finished(Code code) {
        QueryPlan known = plan;
        core.metrics()
                .finished(
                        known == null ? null : known.type(), code, core.ticker().getAsLong() - control.startNanos());
    }
}
