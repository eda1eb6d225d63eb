package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.OtherWay;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.StatementKind;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement of a session from its plan to its answer: on the event loop where that suffices, on a session thread where it must wait.
 *
 * <p>Used once. Started and ended on the session's event loop.
 */
final class StatementRun {
    private static final Logger LOG = LoggerFactory.getLogger(StatementRun.class);

    /** How often a statement is planned anew because its plan was out of date, the first time included. */
    private static final int TRIES = 3;

    private final SessionParts parts;
    private final Gate gate;
    private final Supplier<Planned> planning;
    private final Outcome outcome;
    private @Nullable Planned planned;
    private int shardsReached;

    /** Takes rows that are streamed and then, once, the end of the statement; called on the session's event loop. */
    interface Outcome extends RowTarget {
        /** All rows have been passed on already. */
        void streamed(Planned planned, long rows, int shardsReached);

        void succeeded(Planned planned, StatementResult result, int shardsReached);

        /** @param planned null when planning itself failed */
        void failed(@Nullable Planned planned, VtException error);
    }

    StatementRun(SessionParts parts, Gate gate, Supplier<Planned> planning, Outcome outcome) {
        this.parts = parts;
        this.gate = gate;
        this.planning = planning;
        this.outcome = outcome;
    }

    void start() {
        Planned now;
        try {
            now = plan();
            planned = now;
            prepare(now.plan());
            checkPayload(now);
        } catch (VtException e) {
            outcome.failed(planned, e);
            return;
        } catch (RuntimeException | Error e) {
            outcome.failed(planned, bug(e));
            return;
        }
        Transaction transaction = parts.state().transaction;
        if (now.plan().kind() == StatementKind.DDL && transaction.isOpen()) {
            parts.ends().commit(new Reply<>() {
                @Override
                public void success(Boolean value) {
                    run(now);
                }

                @Override
                public void failure(VtException error) {
                    outcome.failed(now, error);
                }
            });
            return;
        }
        run(now);
    }

    private Planned plan() {
        return gate.commands(parts).expand(planning.get());
    }

    /** What holds for every statement before it runs. */
    private void prepare(Plan plan) {
        SessionState session = parts.state();
        boolean warningsOnly = plan.root() instanceof Primitive.ShowState show
                && show.subject() != Primitive.ShowState.Subject.VITESS_TABLETS;
        if (session.transaction.isFailed() && plan.kind() != StatementKind.ROLLBACK && !warningsOnly) {
            throw VtError.VT09032.with();
        }
        if (plan.kind() != StatementKind.SHOW) {
            session.warnings().clear();
        }
        boolean readWrite =
                session.transaction.accessModes().contains(Query.ExecuteOptions.TransactionAccessMode.READ_WRITE);
        if (session.readOnly && !readWrite && (plan.kind().isDml() || plan.kind() == StatementKind.DDL)) {
            throw VtException.of(
                    Code.FAILED_PRECONDITION,
                    "Cannot execute statement in a READ ONLY transaction. (errno 1792) (sqlstate 25006)");
        }
        if (plan.kind() == StatementKind.DDL || plan.kind() == StatementKind.OTHER) {
            // These take no hints: what the session has set reaches them only on connections of its own, as in vtgate.
            session.reserveForSettings();
        }
        boolean joins = plan.touchesData() && plan.kind() != StatementKind.DDL;
        if (!session.autocommit && joins && !session.transaction.isOpen()) {
            session.transaction.open(List.of());
        }
    }

    private void checkPayload(Planned now) {
        GateConfig config = parts.config();
        int limit = config.maxPayloadSize();
        int warning = config.warnPayloadSize();
        if ((limit == 0 && warning == 0) || now.plan().root() instanceof Primitive.SessionCommand) {
            return;
        }
        int bytes = now.text().getBytes(StandardCharsets.UTF_8).length;
        if (limit > 0 && bytes > limit && !now.plan().directives().ignoreMaxPayloadSize()) {
            throw VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    State.NET_PACKET_TOO_LARGE,
                    "query payload size above threshold: " + bytes + " bytes, max-payload-size is " + limit);
        }
        if (warning > 0 && bytes > warning) {
            parts.metrics().warning("WarnPayloadSizeExceeded");
        }
    }

    private void run(Planned now) {
        try {
            Plan plan = now.plan();
            parts.values().bind(plan.sessionValues(), now.binds());
            if (plan.root() instanceof Primitive.SessionCommand command) {
                gate.commands(parts).run(command.statement(), now, this::succeeded, this::failed);
            } else if (LocalRows.answers(plan.root())) {
                succeeded(parts.local().run(plan.root(), now.binds()));
            } else if (plan.root() instanceof Primitive.ShowState show) {
                onThread(() -> parts.replication().rows(show.like()));
            } else if (!streams(now) && !fast(now) && !scatters(now)) {
                onThread(() -> onSessionThread(now));
            }
        } catch (VtException e) {
            failed(e);
        } catch (RuntimeException | Error e) {
            failed(bug(e));
        }
    }

    /** Starts a read that streams, when the session's reads do and the plan can. */
    private boolean streams(Planned now) {
        SessionState session = parts.state();
        if (session.workload != Workload.OLAP || session.needsReserved) {
            return false;
        }
        Plan plan = now.plan();
        // A read that is given up for another way is cut, and with it the transaction that it is in.
        boolean mayBeCut = plan.root() instanceof Primitive.Either && session.transaction.isOpen();
        StreamSteps steps = mayBeCut ? null : StreamSteps.of(plan.root());
        if (steps == null) {
            return false;
        }
        Primitive.Route route = steps.route();
        Binds binds = steps.below(now.binds());
        List<ShardQuery> shards = router(now).resolve(route.routing(), binds);
        if (shards.isEmpty()) {
            return false;
        }
        shardsReached = shards.size();
        ClientRows client = new ClientRows(outcome, rows -> outcome.streamed(now, rows, shardsReached));
        StreamReads reads = new StreamReads(parts, plan, router(now));
        RowSink first = steps.before(client, now.binds(), reads.limits());
        Consumer<VtException> failure = error -> {
            // before the client has got any row
            Planned otherwise = client.hasBegun() ? null : otherwise(now, error);
            if (otherwise != null) {
                onThread(() -> onSessionThread(otherwise));
            } else {
                failedStream(error);
            }
        };
        Primitive.Join join = steps.join();
        if (join == null) {
            reads.rows(route, shards, binds, first, failure);
        } else {
            JoinStream joined = new JoinStream(join, binds, reads, first, failure);
            joined.running(reads.rows(route, shards, binds, joined, joined::fail));
        }
        return true;
    }

    /** The statement by the other way that its plan has for after such an error; null for none. */
    private static @Nullable Planned otherwise(Planned now, VtException error) {
        Plan plan = now.plan();
        Primitive root = OtherWay.after(plan.root(), error);
        if (root == null) {
            return null;
        }
        Plan other = new Plan(plan.kind(), root, plan.sessionValues(), plan.directives(), plan.touchesData());
        return new Planned(other, now.binds(), now.state(), now.text());
    }

    private void failedStream(VtException error) {
        Transaction transaction = parts.state().transaction;
        if (transaction.isOpen() && (ShardErrors.losesTransaction(error) || ShardErrors.rollsBack(error))) {
            parts.ends().releaseEverything(() -> failed(error));
        } else {
            failed(error);
        }
    }

    private boolean fast(Planned now) {
        boolean started =
                parts.fastPath().start(now.plan(), now.binds(), router(now), this::succeeded, this::failedOnLoop);
        shardsReached = started ? 1 : 0;
        return started;
    }

    private boolean scatters(Planned now) {
        ScatterPath path = ScatterPath.of(now.plan(), now.binds(), router(now), parts);
        if (path == null) {
            return false;
        }
        shardsReached = path.shardsReached();
        path.start(new ScatterPath.Outcome() {
            @Override
            public void succeeded(StatementResult result) {
                StatementRun.this.succeeded(result);
            }

            @Override
            public void failed(VtException error) {
                Planned otherwise = otherwise(now, error);
                if (otherwise != null) {
                    onThread(() -> onSessionThread(otherwise));
                } else {
                    failedOnLoop(error);
                }
            }

            @Override
            public void continued(Supplier<StatementResult> work) {
                onThread(() -> continueOnThread(now, work));
            }
        });
        return true;
    }

    private StatementResult continueOnThread(Planned now, Supplier<StatementResult> work) {
        try {
            return work.get();
        } catch (VtException e) {
            Planned otherwise = otherwise(now, e);
            if (otherwise != null) {
                return onSessionThread(otherwise);
            }
            if (mayReplan(e)) {
                return retryWithNewerPlan(now, e);
            }
            throw e;
        }
    }

    private void failedOnLoop(VtException error) {
        if (mayReplan(error)) {
            Planned stale = planned;
            if (stale != null) {
                onThread(() -> retryWithNewerPlan(stale, error));
                return;
            }
        }
        failed(error);
    }

    private Router router(Planned now) {
        SessionState session = parts.state();
        return new Router(
                now.state(), session.tabletType(), session.transaction.targets(), bound -> ThreadLocalRandom.current()
                        .nextInt(bound));
    }

    private void onThread(Supplier<StatementResult> work) {
        try {
            gate.threads().execute(() -> {
                try {
                    StatementResult result = work.get();
                    gate.onLoop(parts, () -> succeeded(result));
                } catch (VtException e) {
                    gate.onLoop(parts, () -> failed(e));
                } catch (RuntimeException | Error e) {
                    VtException error = bug(e);
                    gate.onLoop(parts, () -> failed(error));
                }
            });
        } catch (VtException e) {
            failed(e);
        }
    }

    private StatementResult onSessionThread(Planned now) {
        try {
            return execute(now);
        } catch (VtException e) {
            if (mayReplan(e)) {
                return retryWithNewerPlan(now, e);
            }
            throw e;
        }
    }

    private StatementResult execute(Planned now) {
        ShardRun shards = new ShardRun(parts, now.plan().directives());
        try {
            Router router = router(now);
            return new PlanRun(
                            now.plan(),
                            router,
                            shards,
                            parts.local(),
                            parts.state().tabletType(),
                            new LookupWrites(parts, gate.plans(), router, shards))
                    .run(now.binds());
        } finally {
            shardsReached += shards.shardsReached();
        }
    }

    private boolean mayReplan(VtException error) {
        return !parts.state().transaction.isOpen() && ShardErrors.isStalePlan(error);
    }

    /** Waits for a newer VSchema and tries again, as vtgate does for tables that are being moved. */
    private StatementResult retryWithNewerPlan(Planned first, VtException firstError) {
        Planned stale = first;
        VtException error = firstError;
        for (int attempt = 2; attempt <= TRIES; attempt++) {
            gate.awaitNewerThan(stale.state().epoch(), parts.loop());
            Planned fresh = plan();
            planned = fresh;
            parts.values().bind(fresh.plan().sessionValues(), fresh.binds());
            try {
                return execute(fresh);
            } catch (VtException e) {
                if (!ShardErrors.isStalePlan(e)) {
                    throw e;
                }
                stale = fresh;
                error = e;
            }
        }
        throw VtException.of(
                Code.INTERNAL, "query " + first.text() + " failed after retries: " + error.getMessage(), error);
    }

    private void succeeded(StatementResult result) {
        Planned now = planned;
        if (now == null) {
            throw new IllegalStateException("a result without a plan");
        }
        if (now.plan().kind() == StatementKind.DDL) {
            gate.definitions().changed();
        }
        if (now.plan().kind() == StatementKind.DDL && now.plan().root() instanceof Primitive.Send send) {
            // The next statement, such as an INSERT without a list of columns, is planned by what this one left.
            gate.schemaChanged(parts, send.routing().keyspace(), () -> answer(now, result));
        } else {
            answer(now, result);
        }
    }

    private void answer(Planned now, StatementResult result) {
        VtException tooMany = now.plan().kind().isDml() ? parts.ends().tooManyShards(parts.transactionMode()) : null;
        if (tooMany == null) {
            outcome.succeeded(now, ShowVariables.corrected(now.plan().kind(), result, parts.values()), shardsReached);
            return;
        }
        parts.ends().releaseEverything(() -> outcome.failed(now, tooMany));
    }

    private void failed(VtException error) {
        if (planned != null && planned.plan().kind() == StatementKind.DDL) {
            gate.definitions().changed(); // on some shards it may have happened
        }
        outcome.failed(planned, error);
    }

    static VtException bug(Throwable e) {
        LOG.error("statement broke", e);
        return VtError.VT13001.with(e.toString());
    }
}
