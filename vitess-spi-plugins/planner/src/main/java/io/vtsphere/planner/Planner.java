package io.vtsphere.planner;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.VExplain;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Locale;

/**
 * Decides how a statement is carried out. A pure function: it asks no tablet and no topology, and the same arguments give the same plan.
 *
 * <p>A plan answers exactly as one MySQL with all the data would, whatever the values of its bind variables are; a statement for which that
 * cannot be shown is refused. Immutable and thread-safe.
 */
public final class Planner {
    private final VindexRegistry vindexes;

    /** {@code vindexes} gives the vindex behind pinned tables. */
    public Planner(VindexRegistry vindexes) {
        this.vindexes = vindexes;
    }

    /**
     * The plan of a statement.
     *
     * @param sql the text that the statement was parsed from; names result columns. Empty for a statement made of another that was planned
     *     before, whose columns have their names
     * @param statement of {@code sql}; literals may be bind variables by now
     * @throws VtException VT12001 naming what is not supported; the errors of unknown or ambiguous tables and keyspaces; VT09005 without a
     *     keyspace
     */
    public Plan plan(String sql, Statement statement, ServingState state, PlanTarget target, PlanSettings settings) {
        StatementKind kind = StatementKinds.of(statement);
        if (StatementKinds.isForSession(kind)) {
            return new Plan(kind, new Primitive.SessionCommand(statement), List.of(), Directives.NONE, false);
        }
        Directives directives = DirectiveComments.of(comments(statement));
        if (statement instanceof VExplain explain) {
            return explained(sql, explain, state, target, settings);
        }
        SessionOnly.refuse(statement, target);
        Tables tables = new Tables(state, target, vindexes);
        requirePrimary(kind, target);
        if (target.shards() != null) {
            return new Bypass(tables, settings).plan(kind, sql, statement, directives);
        }
        if (statement instanceof Show show) {
            return new Plan(kind, new ShowPlanner(tables, show).plan(), List.of(), directives, false);
        }
        if (statement instanceof Ddl ddl) {
            return new Plan(kind, new DdlPlanner(tables, ddl).plan(), List.of(), directives, true);
        }
        return rows(kind, sql, new ReferenceSources(tables).redirect(statement), tables, settings, directives);
    }

    private Plan rows(
            StatementKind kind,
            String sql,
            Statement statement,
            Tables tables,
            PlanSettings settings,
            Directives directives) {
        boolean locks = LockFunctions.only(statement);
        TableScan scan = TableScan.of(statement, tables);
        SessionValues values = new SessionValues(sql, settings, !scan.touchesData(), locks);
        Statement prepared = new OrToIn().statement(new ConstantOrder().statement(values.statement(statement)));
        prepared = OptimizerHints.add(prepared, settings.setVarHint());
        Primitive root = locks && prepared instanceof Select select
                ? LockFunctions.plan(select, tables)
                : root(prepared, new Planning(tables, scan));
        return new Plan(kind, root, values.found(), directives, scan.touchesData());
    }

    private static Primitive root(Statement statement, Planning planning) {
        if (statement instanceof Select select && FoundRows.isAsked(select)) {
            Primitive rows = new QueryPlanner(planning).plan(FoundRows.withoutWord(select));
            return select.limit() == null
                    ? rows
                    : new Primitive.FoundRows(rows, new QueryPlanner(planning).plan(FoundRows.count(select)));
        }
        if (statement instanceof Query query) {
            return new QueryPlanner(planning).plan(query);
        }
        if (statement instanceof Insert insert) {
            return new InsertPlanner(planning, insert).plan();
        }
        if (statement instanceof Update update) {
            return new DmlPlanner(planning).update(update);
        }
        if (statement instanceof Delete delete) {
            return new DmlPlanner(planning).delete(delete);
        }
        return new PassThrough(planning).plan(statement);
    }

    private Plan explained(String sql, VExplain explain, ServingState state, PlanTarget target, PlanSettings settings) {
        if (explain.kind() == VExplain.Kind.KEYS) {
            Primitive keys =
                    new Primitive.KeysShown(ColumnUsage.of(explain.statement(), new Tables(state, target, vindexes)));
            return new Plan(StatementKind.VEXPLAIN, keys, List.of(), Directives.NONE, false);
        }
        Primitive.Explained.Detail detail =
                Primitive.Explained.Detail.valueOf(explain.kind().name());
        Plan plan = plan(sql, explain.statement(), state, target, settings);
        if (detail == Primitive.Explained.Detail.PLAN) {
            Primitive explained = new Primitive.Explained(detail, plan);
            return new Plan(StatementKind.VEXPLAIN, explained, List.of(), Directives.NONE, false);
        }
        if (plan.kind().isDml() && !DirectiveComments.isSet(explain.comments(), "EXECUTE_DML_QUERIES")) {
            throw VtError.VT09008.with();
        }
        if (plan.root() instanceof Primitive.SessionCommand) {
            throw VtError.VT12001.with("VEXPLAIN " + explain.kind() + " of " + plan.kind());
        }
        return new Plan(
                StatementKind.VEXPLAIN,
                new Primitive.Explained(detail, plan),
                plan.sessionValues(),
                plan.directives(),
                plan.touchesData());
    }

    private static void requirePrimary(StatementKind kind, PlanTarget target) {
        if (target.type() == TabletType.PRIMARY || !(kind.isDml() || kind == StatementKind.DDL)) {
            return;
        }
        if (target.shards() != null) {
            throw VtError.VT09002.with(kind.name().toLowerCase(Locale.ROOT));
        }
        throw VtException.of(
                Code.FAILED_PRECONDITION,
                "supported only for primary tablet type, current type: "
                        + target.type().lower());
    }

    /**
     * The session's keyspace, else the first of all.
     *
     * @throws VtException VT09005 when there is none
     */
    static String anyKeyspace(Tables tables) {
        String keyspace = tables.target().keyspace();
        if (keyspace != null && !Tables.isSystemSchema(keyspace)) {
            return keyspace;
        }
        return tables.state().keyspaces().keySet().stream().findFirst().orElseThrow(VtError.VT09005::with);
    }

    private static Comments comments(Statement statement) {
        if (statement instanceof Select select) {
            return select.comments();
        }
        if (statement instanceof Insert insert) {
            return insert.comments();
        }
        if (statement instanceof Update update) {
            return update.comments();
        }
        return statement instanceof Delete delete ? delete.comments() : Comments.NONE;
    }
}
