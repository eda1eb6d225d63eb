package io.vtsphere.topo;

import io.vitess.proto.Vschema;
import io.vtsphere.sqltypes.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that the VSchema names. Immutable.
 *
 * @param type {@link SqlType#NULL_TYPE} when the VSchema gives none
 * @param defaultExpression SQL text of the default; null when there is none
 * @param collation empty when the VSchema gives none
 * @param size length or precision; 0 when not given
 * @param nullable true unless the VSchema says otherwise
 * @param values members of an ENUM or SET
 */
public record ColumnVSchema(
        String name,
        SqlType type,
        boolean invisible,
        @Nullable String defaultExpression,
        String collation,
        int size,
        int scale,
        boolean nullable,
        List<String> values) {
    public ColumnVSchema {
        values = List.copyOf(values);
    }

    static ColumnVSchema of(Vschema.Column column) {
        SqlType type = SqlType.ofNumber(column.getTypeValue());
        return new ColumnVSchema(
                column.getName(),
                type == null ? SqlType.NULL_TYPE : type,
                column.getInvisible(),
                column.getDefault().isEmpty() ? null : column.getDefault(),
                column.getCollationName(),
                column.getSize(),
                column.getScale(),
                !column.hasNullable() || column.getNullable(),
                column.getValuesList());
    }
}
