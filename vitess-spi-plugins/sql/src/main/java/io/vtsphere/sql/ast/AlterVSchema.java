package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vitess' {@code ALTER VSCHEMA …}.
 *
 * @param table for the actions on a table; for {@link Action#CREATE_VINDEX} and {@link Action#DROP_VINDEX} its name is the vindex's, qualified by the keyspace if one was written
 * @param vindex the vindex that is created, added or dropped
 */
public record AlterVSchema(
        Action action,
        @Nullable TableName table,
        @Nullable VindexSpec vindex,
        List<String> columns,
        @Nullable AutoIncrement autoIncrement)
        implements Statement {
    public AlterVSchema {
        columns = List.copyOf(columns);
    }

    /** The forms of the statement. */
    public enum Action {
        CREATE_VINDEX,
        DROP_VINDEX,
        ADD_VINDEX,
        DROP_COLUMN_VINDEX,
        ADD_TABLE,
        DROP_TABLE,
        ADD_SEQUENCE,
        DROP_SEQUENCE,
        ADD_AUTO_INCREMENT,
        DROP_AUTO_INCREMENT
    }

    /**
     * {@code name [USING type [WITH key=value, …]]}.
     *
     * @param type null for a vindex that exists
     */
    public record VindexSpec(String name, @Nullable String type, List<Param> params) {
        public VindexSpec {
            params = List.copyOf(params);
        }
    }

    /** One parameter of a vindex. */
    public record Param(String key, String value) {}

    /** {@code ADD AUTO_INCREMENT column USING sequence}. */
    public record AutoIncrement(String column, TableName sequence) {}

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.alterVSchema(this);
    }
}
