package io.vtsphere.planner;

import io.vtsphere.sql.ast.CallProcedure;
import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.With;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A walk that knows which table names mean common table expressions, each in the query that defines it and in the expressions after it; and
 * which queries see no columns of those around them.
 */
abstract class CteNames extends Rewriter {
    private final Deque<Set<String>> known = new ArrayDeque<>();
    private boolean apart;

    /** Whether the name means a common table expression at the place where the walk is. */
    final boolean isCte(TableName name) {
        return name.keyspace() == null && known.stream().anyMatch(names -> names.contains(name.name()));
    }

    /** Whether a query met here stands for itself: it is a derived table or a common table expression, or a branch of one. */
    final boolean isApart() {
        return apart;
    }

    @Override
    public Statement statement(Statement statement) {
        if (statement instanceof Update update) {
            return named(update.with(), () -> super.statement(update));
        }
        if (statement instanceof Delete delete) {
            return named(delete.with(), () -> delete(delete));
        }
        if (statement instanceof CallProcedure call) {
            List<Expr> arguments = call.arguments().stream().map(this::expr).toList();
            return new CallProcedure(
                    call.comments(), TableName.of(call.procedure().name()), arguments);
        }
        return super.statement(statement);
    }

    /** The targets of a DELETE are not tables to look up, but names of its tables. */
    private Statement delete(Delete delete) {
        Delete rest = (Delete) super.statement(delete.withTargets(List.of()));
        return rest.withTargets(delete.targets().stream()
                .map(target -> TableName.of(target.name()))
                .toList());
    }

    private Statement named(@Nullable With with, Supplier<Statement> walk) {
        known.push(
                with == null ? Set.of() : with.tables().stream().map(Cte::name).collect(Collectors.toSet()));
        Statement result = walk.get();
        known.pop();
        return result;
    }

    @Override
    public Query query(Query query) {
        With with = query.with();
        if (with == null) {
            return body(query);
        }
        Set<String> names = new HashSet<>();
        known.push(names);
        if (with.recursive()) {
            with.tables().forEach(cte -> names.add(cte.name()));
        }
        List<Cte> tables = new ArrayList<>();
        for (Cte cte : with.tables()) {
            tables.add(new Cte(cte.name(), cte.columns(), apart(true, () -> query(cte.query()))));
            names.add(cte.name());
        }
        Query rest = body(query.withWith(null));
        known.pop();
        return rest.withWith(new With(with.recursive(), tables));
    }

    @Override
    public TableExpr table(TableExpr expr) {
        return expr instanceof TableExpr.Derived ? apart(true, () -> super.table(expr)) : super.table(expr);
    }

    /** A query without its common table expressions, whose names are known by now. */
    Query body(Query query) {
        return query instanceof Select ? apart(false, () -> super.query(query)) : super.query(query);
    }

    private <T> T apart(boolean inside, Supplier<T> walk) {
        boolean before = apart;
        apart = inside;
        T result = walk.get();
        apart = before;
        return result;
    }
}
