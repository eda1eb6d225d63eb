package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.SessionOutput;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.util.ArrayList;
import java.util.List;

/** Steps that need no tablet: values of the session and listings. Computes only; has the same single holder as the session's state. */
final class LocalRows {
    /** The bind variable of DATABASE(), which is text also when it is NULL. */
    private static final String DATABASE = "__vtdbname";

    private final ShowRows shows;

    LocalRows(ShowRows shows) {
        this.shows = shows;
    }

    static boolean answers(Primitive step) {
        return step instanceof Primitive.Rows
                || step instanceof Primitive.SessionRow
                || step instanceof Primitive.KeysShown
                || (step instanceof Primitive.ShowState show && !ReplicationStatus.isAsked(show))
                || (step instanceof Primitive.Explained explained
                        && explained.detail() == Primitive.Explained.Detail.PLAN);
    }

    StatementResult run(Primitive step, Binds binds) {
        if (step instanceof Primitive.Rows rows) {
            List<Query.Row> listed = new ArrayList<>(rows.rows().size());
            for (List<SqlValue> row : rows.rows()) {
                listed.add(Fields.row(row));
            }
            return StatementResult.rows(Fields.listing(rows.columns(), rows.types()), listed);
        }
        if (step instanceof Primitive.SessionRow row) {
            List<Query.Field> fields = new ArrayList<>(row.outputs().size());
            List<SqlValue> values = new ArrayList<>(row.outputs().size());
            for (SessionOutput output : row.outputs()) {
                SqlValue value = binds.value(output.value());
                fields.add(Fields.of(output.label(), type(output, value)));
                values.add(value);
            }
            return StatementResult.rows(fields, List.of(Fields.row(values)));
        }
        if (step instanceof Primitive.ShowState show) {
            return shows.run(show);
        }
        if (step instanceof Primitive.Explained explained) {
            Query.Field json = ExplainRun.bare("JSON", SqlType.VARCHAR);
            return StatementResult.rows(
                    List.of(json),
                    List.of(Fields.textRow(List.of(explained.plan().toJson()))));
        }
        if (step instanceof Primitive.KeysShown keys) {
            Query.Field usage = ExplainRun.bare("ColumnUsage", SqlType.VARCHAR);
            return StatementResult.rows(List.of(usage), List.of(Fields.textRow(List.of(keys.json()))));
        }
        throw new IllegalArgumentException("no local step: " + step);
    }

    private static SqlType type(SessionOutput output, SqlValue value) {
        if (output.type() != null) {
            return output.type();
        }
        boolean database =
                output.value() instanceof RouteValue.Bind bind && bind.name().equals(DATABASE);
        return value.isNull() && database ? SqlType.VARCHAR : value.type();
    }

    /** The columns that {@link #run} will give; parameters that are not known yet have type NULL. */
    List<Query.Field> fields(Primitive step, Binds binds) {
        if (step instanceof Primitive.SessionRow row) {
            List<Query.Field> fields = new ArrayList<>(row.outputs().size());
            for (SessionOutput output : row.outputs()) {
                SqlType type = output.type() == null ? binds.typeOf(output.value(), SqlType.NULL_TYPE) : output.type();
                fields.add(Fields.of(output.label(), type));
            }
            return fields;
        }
        return answers(step) ? run(step, binds).fields() : List.of();
    }
}
