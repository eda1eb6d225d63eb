package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.InsertSource;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Turns the rows of a query into the rows of an INSERT, as bind variables of their own types. Blocking, on a session thread. */
final class InsertSelectRun {
    /** MySQL's character set of bytes. */
    private static final int BINARY = 63;

    private final Primitive.InsertSelect step;
    private final Function<Insert, Plan> planner;
    private final BiFunction<Primitive, Binds, StatementResult> steps;

    /** @param steps runs the query, and then the plan of the INSERT */
    InsertSelectRun(
            Primitive.InsertSelect step,
            Function<Insert, Plan> planner,
            BiFunction<Primitive, Binds, StatementResult> steps) {
        this.step = step;
        this.planner = planner;
        this.steps = steps;
    }

    /** @throws VtException also when the rows are of a type or number that cannot be inserted, whether there are any or not */
    StatementResult run(Binds binds) {
        StatementResult found = steps.apply(step.input(), binds);
        List<SqlType> types = new ArrayList<>();
        for (Query.Field field : found.fields()) {
            types.add(bindType(field));
        }
        int columns = step.insert().columns().size();
        if (columns > 0 && columns != types.size()) {
            throw VtError.VT03006.with();
        }
        Binds all = binds.copy();
        List<Expr.Tuple> rows = new ArrayList<>();
        for (Query.Row row : found.rows()) {
            List<SqlValue> values = LookupRun.values(row, found.fields());
            List<Expr> cells = new ArrayList<>();
            for (int column = 0; column < values.size(); column++) {
                String name = "_select_" + rows.size() + "_" + column;
                all.set(name, bound(values.get(column), types.get(column)));
                cells.add(new Expr.Bind(name, null));
            }
            rows.add(new Expr.Tuple(cells));
        }
        if (rows.isEmpty()) {
            // nothing is inserted, but what is wrong with the statement is said all the same
            rows.add(new Expr.Tuple(Collections.nCopies(types.size(), Literal.NULL)));
        }
        Plan plan = planner.apply(with(rows));
        return found.rows().isEmpty() ? StatementResult.OK : steps.apply(plan.root(), all);
    }

    private Insert with(List<Expr.Tuple> rows) {
        return step.insert().withSource(new InsertSource.Rows(rows));
    }

    /** The type in which a column's values go to the tablet: MySQL then converts them to the column's as it does within one server. */
    static SqlType bindType(Query.Field field) {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        if (type == null || type == SqlType.FLOAT32 || type == SqlType.GEOMETRY) {
            // FLOAT arrives with six digits of it
            throw VtError.VT12001.with("values of column '" + field.getName() + "' ("
                    + (type == null ? "type " + field.getTypeValue() : type) + ") between shards");
        }
        if (type == SqlType.BIT) {
            return SqlType.HEXNUM;
        }
        boolean text = type.isBinary() && field.getCharset() != BINARY && field.getCharset() != 0;
        return text || type == SqlType.ENUM || type == SqlType.SET || type == SqlType.JSON ? SqlType.VARCHAR : type;
    }

    static SqlValue bound(SqlValue value, SqlType type) {
        if (value.isNull()) {
            return value;
        }
        return type == SqlType.HEXNUM
                ? SqlValue.of(
                        type, ("0x" + HexFormat.of().formatHex(value.bytes())).getBytes(StandardCharsets.US_ASCII))
                : SqlValue.of(type, value.bytes());
    }
}
