package io.vtsphere.executor;

import io.vtsphere.planner.CachedPlanner;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.PlanCache;
import io.vtsphere.planner.PlanSettings;
import io.vtsphere.planner.Planner;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.Routing;
import io.vtsphere.sql.BoundValue;
import io.vtsphere.sql.Lexer;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.Token;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ServingState;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Plans made by the planner and kept in its cache, under the text of the statement. */
final class CachingPlans implements StatementPlans {
    /** Begins the keys of prepared statements, whose literals stay. */
    private static final String PREPARED = "\u0002";

    /** Begins the keys of vindexes' own queries. */
    private static final String LOOKUP = "\u0004";

    /** Stands around the limit in the keys of statements that are limited by the session. */
    private static final String LIMITED = "\u0003";

    /** Most parameters of a prepared statement: their number travels in 16 bits. */
    private static final int MAX_PARAMETERS = 65_535;

    private final Planner planner;
    private final PlanCache cache;
    private final CachedPlanner cachedPlanner;
    private final boolean noScatter;

    CachingPlans(Planner planner, PlanCache cache, GateConfig config) {
        this.planner = planner;
        this.cache = cache;
        this.noScatter = config.noScatter();
        this.cachedPlanner = new CachedPlanner(planner, cache, this::refuseScatter);
    }

    @Override
    public Planned plan(String sql, SessionState session, ServingState state) {
        if (session.sqlSelectLimit > 0) {
            Plan plan = cached("", sql, () -> SqlParser.parse(sql), session, state);
            return new Planned(plan, new Binds(), state, sql);
        }
        CachedPlanner.Bound bound = cachedPlanner.plan(
                sql,
                SqlModes.DEFAULT,
                state,
                session.planTarget(),
                session.planSettings(),
                !session.skipQueryPlanCache);
        return new Planned(bound.plan(), binds(bound.values()), state, sql);
    }

    private static Binds binds(List<BoundValue> values) {
        Binds binds = new Binds();
        for (int i = 0; i < values.size(); i++) {
            BoundValue bound = values.get(i);
            if (bound.value() != null) {
                binds.set(bound.name(), bound.value());
            } else if (bound.list() != null) {
                binds.setList(bound.name(), bound.list());
            }
        }
        return binds;
    }

    @Override
    public PreparedText prepare(String sql) {
        Statement statement = SqlParser.parse(sql);
        int parameters = 0;
        Lexer lexer = new Lexer(sql, SqlModes.DEFAULT);
        for (Token token = lexer.next(); token != Token.END && token != Token.ERROR; token = lexer.next()) {
            parameters += token == Token.PARAMETER ? 1 : 0;
        }
        if (parameters > MAX_PARAMETERS) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    State.UNDEFINED,
                    "Prepared statement contains too many placeholders: " + parameters
                            + " (errno 1390) (sqlstate HY000)");
        }
        return new PreparedText(sql, statement, parameters, LimitParameters.of(statement));
    }

    @Override
    public Planned plan(PreparedText text, List<SqlValue> params, SessionState session, ServingState state) {
        if (params.size() != text.paramCount()) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    State.WRONG_ARGUMENTS,
                    "Incorrect arguments to EXECUTE: " + params.size() + " instead of " + text.paramCount());
        }
        Binds binds = new Binds();
        for (int i = 0; i < params.size(); i++) {
            String name = "v" + (i + 1);
            SqlValue value = params.get(i);
            binds.set(name, text.limits().contains(name) ? LimitParameters.number(value) : value);
        }
        return new Planned(plan(text, session, state), binds, state, text.sql());
    }

    @Override
    public Planned planForFields(PreparedText text, SessionState session, ServingState state) {
        return new Planned(plan(text, session, state), new Binds(), state, text.sql());
    }

    @Override
    public void forEachKept(BiConsumer<PlanCache.Key, Plan> action) {
        cache.forEach(action);
    }

    /** The literals of a prepared statement stay: it is sent again and again as it is. */
    private Plan plan(PreparedText text, SessionState session, ServingState state) {
        return cached(PREPARED, text.sql(), text::statement, session, state);
    }

    @Override
    public Plan lookup(String sql, SessionState session, ServingState state) {
        PlanCache.Key key = new PlanCache.Key(LOOKUP + sql, session.planTarget(), state.epoch(), PlanSettings.NONE);
        Plan plan = cache.get(key);
        if (plan == null) {
            plan = planner.plan(sql, SqlParser.parse(sql), state, session.planTarget(), PlanSettings.NONE);
            cache.put(key, plan);
        }
        return plan;
    }

    @Override
    public Plan made(Statement statement, SessionState session, ServingState state) {
        return planner.plan("", statement, state, session.planTarget(), PlanSettings.NONE);
    }

    @Override
    public String print(Expr expr) {
        return SqlPrinter.print(expr);
    }

    /** @param prefix tells keys from those of fingerprints, and of others */
    private Plan cached(
            String prefix, String sql, Supplier<Statement> statement, SessionState session, ServingState state) {
        long limit = session.sqlSelectLimit;
        String planKey = prefix + (limit > 0 ? LIMITED + limit + LIMITED : "") + sql;
        PlanCache.Key key = new PlanCache.Key(planKey, session.planTarget(), state.epoch(), session.planSettings());
        Plan plan = cache.get(key);
        if (plan == null) {
            Statement planned = limit > 0 ? limited(statement.get(), limit) : statement.get();
            plan = planner.plan(sql, planned, state, session.planTarget(), session.planSettings());
            refuseScatter(plan);
            if (!session.skipQueryPlanCache) {
                cache.put(key, plan);
            }
        }
        return plan;
    }

    /** A query without a limit of its own gets that of {@code sql_select_limit}. */
    private static Statement limited(Statement statement, long limit) {
        return statement instanceof Query query && query.limit() == null
                ? query.withLimit(new Limit(null, Literal.integer(limit)))
                : statement;
    }

    private void refuseScatter(Plan plan) {
        if (noScatter && !plan.directives().allowScatter() && scatters(plan.root())) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "plan includes scatter, which is disallowed using the `no-scatter` command line argument");
        }
    }

    private static boolean scatters(Primitive step) {
        if (step instanceof Primitive.Inner inner) {
            return inner.inputs().stream().anyMatch(CachingPlans::scatters);
        }
        if (step instanceof Primitive.Route route) {
            return isScatter(route.routing());
        }
        if (step instanceof Primitive.Update update) {
            return isScatter(update.routing());
        }
        if (step instanceof Primitive.LookupWrite write) {
            return isScatter(write.routing());
        }
        return step instanceof Primitive.Delete delete && isScatter(delete.routing());
    }

    private static boolean isScatter(Routing routing) {
        return routing.opcode() == Opcode.SCATTER;
    }
}
