package io.vtsphere.sql;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Ddl.Action;
import io.vtsphere.sql.ast.Ddl.ObjectKind;
import io.vtsphere.sql.ast.OtherStatement;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableDefinition;
import io.vtsphere.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER, DROP, TRUNCATE and RENAME: names and definitions are read, the rest stays text. */
final class DdlParser {
    private final Parser parser;
    private final Tokens tokens;
    private final DefinitionParser definitions;

    private int start;
    private Comments comments = Comments.NONE;
    private boolean temporary;
    private boolean exists;
    private @Nullable TableDefinition definition;
    private @Nullable Query query;
    private Span queryPlace = Span.NONE;
    private final List<Ddl.Name> names = new ArrayList<>();

    DdlParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.definitions = new DefinitionParser(parser, this);
    }

    /** Null if the first word is none of these. */
    @Nullable
    Statement statement() {
        start = tokens.statementStart();
        switch (tokens.word()) {
            case "create":
                return create();
            case "alter":
                return alter();
            case "drop":
                return drop();
            case "truncate":
                comments = tokens.advanceOverComments();
                tokens.accept("table");
                name();
                return ddl(Action.TRUNCATE, ObjectKind.TABLE);
            case "rename":
                return rename();
            default:
                return null;
        }
    }

    private Ddl ddl(Action action, ObjectKind object) {
        String text = tokens.text(start, tokens.previousEnd());
        return new Ddl(action, object, temporary, exists, names, definition, query, queryPlace, comments, text);
    }

    /** A name that belongs to the statement. */
    TableName name() {
        return name(false);
    }

    TableName name(boolean reference) {
        int from = tokens.start();
        TableName table = parser.tables.tableName();
        names.add(new Ddl.Name(table, reference, Span.of(from - start, tokens.previousEnd() - start)));
        return table;
    }

    void query() {
        int from = tokens.start();
        query = parser.queries.query();
        queryPlace = Span.of(from - start, tokens.previousEnd() - start);
    }

    private void ifNotExists() {
        if (tokens.accept("if")) {
            tokens.expect("not");
            tokens.expect("exists");
            exists = true;
        }
    }

    private void ifExists() {
        if (tokens.accept("if")) {
            tokens.expect("exists");
            exists = true;
        }
    }

    private Ddl rest(Action action, ObjectKind object) {
        RecognisedParser.skip(tokens);
        return ddl(action, object);
    }

    private Statement create() {
        comments = tokens.advanceOverComments();
        if (tokens.accept("or")) {
            tokens.expect("replace");
        }
        temporary = tokens.accept("temporary");
        if (tokens.at("table")) {
            tokens.advance();
            ifNotExists();
            name();
            definition = definitions.table();
            return ddl(Action.CREATE, ObjectKind.TABLE);
        }
        if (temporary) {
            throw tokens.unexpected();
        }
        if (tokens.at("unique")
                || tokens.at("fulltext")
                || tokens.at("index")
                || tokens.at("spatial") && tokens.peekWord().equals("index")) {
            return createIndex();
        }
        viewOptions();
        if (tokens.accept("view")) {
            view();
            return ddl(Action.CREATE, ObjectKind.VIEW);
        }
        return other(Action.CREATE);
    }

    private Statement createIndex() {
        if (!tokens.accept("index")) {
            tokens.advance();
            tokens.expect("index");
        }
        tokens.name();
        while (!tokens.at("on")) {
            if (tokens.at(Token.END)) {
                throw tokens.unexpected();
            }
            tokens.advance();
        }
        tokens.advance();
        name();
        if (!tokens.at(Token.LEFT_PAREN)) {
            throw tokens.unexpected();
        }
        return rest(Action.CREATE, ObjectKind.INDEX);
    }

    /** {@code ALGORITHM = x}, {@code DEFINER = y}, {@code SQL SECURITY z} before VIEW and stored programs. */
    private void viewOptions() {
        while (true) {
            if (tokens.at("algorithm") || tokens.at("definer")) {
                boolean definer = tokens.at("definer");
                tokens.advance();
                tokens.expect(Token.EQUAL);
                tokens.advance();
                if (definer && tokens.at(Token.LEFT_PAREN)) {
                    tokens.balanced();
                } else if (definer && tokens.at(Token.USER_VARIABLE)) {
                    tokens.advance();
                    // a host such as localhost is part of the variable, one with other characters is quoted
                }
            } else if (tokens.at("sql")) {
                tokens.advance();
                tokens.expect("security");
                tokens.advance();
            } else {
                return;
            }
        }
    }

    private void view() {
        ifNotExists();
        name();
        if (tokens.at(Token.LEFT_PAREN)) {
            parser.tables.nameList();
        }
        tokens.expect("as");
        query();
        if (tokens.accept("with")) {
            if (!tokens.accept("cascaded")) {
                tokens.accept("local");
            }
            tokens.expect("check");
            tokens.expect("option");
        }
    }

    /** Everything but tables, views and indexes. */
    private Statement other(Action action) {
        String word = tokens.word();
        ObjectKind object =
                switch (word) {
                    case "database", "schema" -> ObjectKind.DATABASE;
                    case "procedure" -> ObjectKind.PROCEDURE;
                    case "function" -> ObjectKind.FUNCTION;
                    case "aggregate" -> ObjectKind.FUNCTION;
                    case "trigger" -> ObjectKind.TRIGGER;
                    case "event" -> ObjectKind.EVENT;
                    case "user" -> ObjectKind.USER;
                    case "role" -> ObjectKind.ROLE;
                    case "tablespace" -> ObjectKind.TABLESPACE;
                    case "undo" -> ObjectKind.TABLESPACE;
                    case "server" -> ObjectKind.SERVER;
                    case "logfile" -> ObjectKind.LOGFILE_GROUP;
                    case "resource" -> ObjectKind.RESOURCE_GROUP;
                    case "spatial" -> ObjectKind.SPATIAL_REFERENCE_SYSTEM;
                    case "instance" -> ObjectKind.INSTANCE;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        switch (word) {
            case "aggregate" -> tokens.expect("function");
            case "undo" -> tokens.expect("tablespace");
            case "logfile", "resource" -> tokens.expect("group");
            case "spatial" -> {
                tokens.expect("reference");
                tokens.expect("system");
            }
            default -> {}
        }
        if (action == Action.CREATE) {
            ifNotExists();
        } else {
            ifExists();
        }
        switch (object) {
            case DATABASE -> {
                if (action != Action.ALTER || tokens.atName() && !atDatabaseOption()) {
                    name();
                }
                return rest(action, object);
            }
            case PROCEDURE, FUNCTION, TRIGGER, EVENT -> {
                name();
                // the body of a stored program has semicolons of its own
                while (!tokens.at(Token.END)) {
                    if (tokens.at(Token.ERROR) && tokens.raw().length() != 1) {
                        throw tokens.unexpected();
                    }
                    tokens.advance();
                }
                return ddl(action, object);
            }
            default -> {
                return rest(action, object);
            }
        }
    }

    private boolean atDatabaseOption() {
        return tokens.at("charset") || tokens.at("encryption") || tokens.at("character") || tokens.at("collate");
    }

    private Statement alter() {
        comments = tokens.advanceOverComments();
        if (tokens.at("vschema")) {
            return new VSchemaParser(parser).alter();
        }
        if (tokens.at("vitess_migration")) {
            return RecognisedParser.rest(tokens, start, OtherStatement.Kind.MIGRATION);
        }
        if (tokens.accept("table")) {
            name();
            definitions.alterations();
            return ddl(Action.ALTER, ObjectKind.TABLE);
        }
        viewOptions();
        if (tokens.accept("view")) {
            view();
            return ddl(Action.ALTER, ObjectKind.VIEW);
        }
        return other(Action.ALTER);
    }

    private Statement drop() {
        comments = tokens.advanceOverComments();
        if (tokens.accept("prepare")) {
            return new io.vtsphere.sql.ast.Deallocate(comments, tokens.name());
        }
        temporary = tokens.accept("temporary");
        if (tokens.at("table") || tokens.at("tables") || tokens.at("view")) {
            ObjectKind object = tokens.at("view") ? ObjectKind.VIEW : ObjectKind.TABLE;
            tokens.advance();
            ifExists();
            do {
                name();
            } while (tokens.accept(Token.COMMA));
            if (!tokens.accept("restrict")) {
                tokens.accept("cascade");
            }
            return ddl(Action.DROP, object);
        }
        if (temporary) {
            throw tokens.unexpected();
        }
        if (tokens.accept("index")) {
            if (!tokens.accept("primary")) {
                tokens.name();
            }
            tokens.expect("on");
            name();
            return rest(Action.DROP, ObjectKind.INDEX);
        }
        return other(Action.DROP);
    }

    private Statement rename() {
        comments = tokens.advanceOverComments();
        if (tokens.at("user")) {
            return RecognisedParser.rest(tokens, start, OtherStatement.Kind.ACCOUNT);
        }
        if (!tokens.accept("table")) {
            tokens.expect("tables");
        }
        do {
            name();
            tokens.expect("to");
            name();
        } while (tokens.accept(Token.COMMA));
        return ddl(Action.RENAME, ObjectKind.TABLE);
    }
}
