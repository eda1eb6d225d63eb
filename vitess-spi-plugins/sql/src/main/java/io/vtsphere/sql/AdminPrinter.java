package io.vtsphere.sql;

import io.vtsphere.sql.ast.AlterVSchema;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.DescribeTable;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.ShowKind;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.Stream;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.VariableScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prints SHOW, DESCRIBE, DDL and Vitess' own statements. */
final class AdminPrinter {
    private final Printing to;

    AdminPrinter(Printing to) {
        this.to = to;
    }

    Printing show(Show show) {
        ShowKind kind = show.kind();
        if (isVerbatim(kind)) {
            return to.add(show.text());
        }
        to.add("show ").add(show.extended() ? "extended " : "").add(show.full() ? "full " : "");
        VariableScope scope = show.scope();
        to.add(scope == null ? "" : scope.text() + " ");
        String argument = show.argument();
        if (kind == ShowKind.VITESS_MIGRATION_LOGS) {
            return to.add("vitess_migration ")
                    .string(argument == null ? "" : argument)
                    .add(" logs");
        }
        to.add(kind.text());
        if (argument != null) {
            to.add(kind == ShowKind.UNRESOLVED_TRANSACTIONS ? " for " : " ");
            if (kind == ShowKind.UNRESOLVED_TRANSACTIONS) {
                to.name(argument);
            } else {
                to.string(argument);
            }
        }
        TableName table = show.table();
        if (table != null) {
            boolean created = kind.text().startsWith("create ")
                    || kind == ShowKind.FUNCTION_CODE
                    || kind == ShowKind.PROCEDURE_CODE;
            to.add(created ? " " : " from ").tableName(table);
        }
        String database = show.database();
        if (database != null) {
            to.add(kind == ShowKind.CREATE_DATABASE ? " " : " from ").name(database);
        }
        String like = show.like();
        if (like != null) {
            to.add(" like ").string(like);
        }
        return to.optional(" where ", show.where());
    }

    /** Kinds with clauses that are not in the tree. */
    private static boolean isVerbatim(ShowKind kind) {
        return switch (kind) {
            case CREATE_USER,
                    GRANTS,
                    PROFILE,
                    BINLOG_EVENTS,
                    RELAYLOG_EVENTS,
                    REPLICA_STATUS,
                    ENGINE,
                    WARNINGS,
                    ERRORS,
                    COUNT_WARNINGS,
                    COUNT_ERRORS,
                    BINARY_LOGS,
                    MASTER_STATUS,
                    BINARY_LOG_STATUS,
                    REPLICAS -> true;
            default -> false;
        };
    }

    Printing describeTable(DescribeTable describe) {
        to.add("describe ").tableName(describe.table());
        String column = describe.column();
        return column == null ? to : to.add(" ").name(column);
    }

    Printing stream(Stream stream) {
        to.add(stream.vstream() ? "vstream " : "stream ");
        to.queries().comments(stream.comments());
        to.queries().item(stream.item());
        to.add(" from ").tableName(stream.table()).optional(" where ", stream.where());
        Limit limit = stream.limit();
        if (limit != null) {
            to.queries().limit(limit);
        }
        return to;
    }

    /** The text with the names and the query at their places. */
    Printing ddl(Ddl ddl) {
        List<Ddl.Name> names = new ArrayList<>(ddl.names());
        names.sort(Comparator.comparingInt(name -> name.place().start()));
        String text = ddl.text();
        Query query = ddl.query();
        Span queryPlace = ddl.queryPlace();
        int from = 0;
        for (Ddl.Name name : names) {
            if (query != null && name.place().start() > queryPlace.start()) {
                continue;
            }
            apart(text.substring(from, name.place().start()));
            apart(SqlPrinter.print(name.table()));
            from = name.place().end();
        }
        if (query != null) {
            apart(text.substring(from, queryPlace.start()));
            to.add(Chars.isBlank(to.out.charAt(to.out.length() - 1)) ? "" : " ").query(query);
            from = queryPlace.end();
            to.add(from < text.length() && !Chars.isBlank(text.charAt(from)) ? " " : "");
        }
        apart(text.substring(from));
        return to;
    }

    /** A name that was quoted may have stood right beside a word. */
    private void apart(String text) {
        boolean glued = to.out.length() > 0
                && !text.isEmpty()
                && Chars.isName(to.out.charAt(to.out.length() - 1))
                && Chars.isName(text.charAt(0));
        to.add(glued ? " " : "").add(text);
    }

    Printing alterVSchema(AlterVSchema alter) {
        to.add("alter vschema ");
        AlterVSchema.Action action = alter.action();
        TableName table = alter.table();
        switch (action) {
            case CREATE_VINDEX -> to.add("create vindex ");
            case DROP_VINDEX -> to.add("drop vindex ");
            case ADD_TABLE -> to.add("add table ");
            case DROP_TABLE -> to.add("drop table ");
            case ADD_SEQUENCE -> to.add("add sequence ");
            case DROP_SEQUENCE -> to.add("drop sequence ");
            default -> to.add("on ");
        }
        if (table != null) {
            to.tableName(table);
        }
        AlterVSchema.VindexSpec vindex = alter.vindex();
        if (action == AlterVSchema.Action.ADD_VINDEX) {
            to.add(" add vindex ");
        } else if (action == AlterVSchema.Action.DROP_COLUMN_VINDEX) {
            to.add(" drop vindex ");
        }
        if (vindex != null) {
            if (action != AlterVSchema.Action.CREATE_VINDEX && action != AlterVSchema.Action.DROP_VINDEX) {
                to.name(vindex.name()).nameList(" ", alter.columns());
            }
            vindex(vindex);
        }
        AlterVSchema.AutoIncrement autoIncrement = alter.autoIncrement();
        if (autoIncrement != null) {
            to.add(" add auto_increment ")
                    .name(autoIncrement.column())
                    .add(" using ")
                    .tableName(autoIncrement.sequence());
        } else if (action == AlterVSchema.Action.DROP_AUTO_INCREMENT) {
            to.add(" drop auto_increment");
        }
        return to;
    }

    private void vindex(AlterVSchema.VindexSpec vindex) {
        String type = vindex.type();
        if (type == null) {
            return;
        }
        to.add(" using ").name(type);
        String separator = " with ";
        for (AlterVSchema.Param param : vindex.params()) {
            to.add(separator).name(param.key()).add("=").string(param.value());
            separator = ", ";
        }
    }
}
