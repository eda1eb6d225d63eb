package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes a schema. Its text is passed through, with the table names at their places replaced; only what routing and
 * schema tracking need is read.
 *
 * @param exists {@code IF EXISTS} or {@code IF NOT EXISTS}
 * @param names the tables, views or (for the other objects) the one object that it names, in order: of RENAME TABLE and of ALTER TABLE
 *     … RENAME the old name, then the new one; the tables of REFERENCES come last, marked
 * @param definition of CREATE TABLE, else null
 * @param query the SELECT of CREATE VIEW, ALTER VIEW or CREATE TABLE … SELECT, else null
 * @param queryPlace its place in the text
 * @param text the statement as written, without the comments around it; the places in names are offsets into it
 */
public record Ddl(
        Action action,
        ObjectKind object,
        boolean temporary,
        boolean exists,
        List<Name> names,
        @Nullable TableDefinition definition,
        @Nullable Query query,
        Span queryPlace,
        Comments comments,
        String text)
        implements Statement {
    public Ddl {
        names = List.copyOf(names);
    }

    /** A name and its place in the text. */
    public record Name(TableName table, boolean reference, Span place) {}

    /** What is done. */
    public enum Action {
        CREATE,
        ALTER,
        DROP,
        TRUNCATE,
        RENAME
    }

    /** To what it is done. */
    public enum ObjectKind {
        TABLE,
        VIEW,
        INDEX,
        DATABASE,
        PROCEDURE,
        FUNCTION,
        TRIGGER,
        EVENT,
        USER,
        ROLE,
        TABLESPACE,
        SERVER,
        LOGFILE_GROUP,
        RESOURCE_GROUP,
        SPATIAL_REFERENCE_SYSTEM,
        INSTANCE
    }

    /** The same statement with other names and query at their places. */
    public Ddl with(List<Name> newNames, @Nullable Query newQuery) {
        return new Ddl(action, object, temporary, exists, newNames, definition, newQuery, queryPlace, comments, text);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.ddl(this);
    }
}
