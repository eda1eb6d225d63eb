package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;

/** The rows of a query over copies under the columns of the query over the tables themselves, which must be of the same types. */
final class GatherFields {
    private static final String INTEGER = "integer";

    private GatherFields() {}

    /** @throws io.vtsphere.vterrors.VtException VT12001 when a column has another type: its text might be another one, too */
    static StatementResult of(List<Query.Field> fields, StatementResult result) {
        if (fields.size() != result.fields().size()) {
            throw VtError.VT12001.with("query over several shards' rows with " + fields.size() + " columns, of which "
                    + result.fields().size() + " came");
        }
        List<Query.Field> shown = new ArrayList<>(fields);
        for (int i = 0; i < fields.size(); i++) {
            Query.Field wanted = fields.get(i);
            Query.Field got = result.fields().get(i);
            if (!kind(wanted).equals(kind(got))) {
                throw VtError.VT12001.with("column '" + wanted.getName() + "' of a query over several shards' rows: "
                        + wanted.getType() + " became " + got.getType());
            }
            if (wanted.getOrgTable().isEmpty() && kind(wanted).equals(INTEGER)) {
                // How the query was carried out decides about the width: whether rows went through a table.
                shown.set(
                        i,
                        wanted.toBuilder()
                                .setType(got.getType())
                                .setColumnLength(got.getColumnLength())
                                .build());
            }
        }
        return new StatementResult(
                shown,
                result.rows(),
                result.affectedRows(),
                result.insertId(),
                result.insertIdChanged(),
                result.info());
    }

    /** Types of one kind print the same values alike. */
    static String kind(Query.Field field) {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        if (type == null) {
            return field.getType().name();
        }
        if (type == SqlType.YEAR || type.isIntegral()) {
            return INTEGER;
        }
        if (type == SqlType.DECIMAL || type.isFloat()) {
            return type.name() + field.getDecimals();
        }
        return type.isText() || type.isBinary() || type == SqlType.ENUM || type == SqlType.SET ? "text" : type.name();
    }
}
