package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.ShowKind;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.VariableScope;
import org.jspecify.annotations.Nullable;

/** SHOW. */
final class ShowParser {
    private final Parser parser;
    private final Tokens tokens;

    private int start;
    private @Nullable VariableScope scope;
    private boolean full;
    private boolean extended;
    private @Nullable TableName table;
    private @Nullable String database;
    private @Nullable String argument;

    ShowParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Statement show() {
        start = tokens.statementStart();
        tokens.advance();
        extended = tokens.at("extended") && tokens.accept("extended");
        full = tokens.accept("full");
        if (!full && !extended) {
            Statement vitess = global();
            if (vitess != null) {
                return vitess;
            }
        }
        String word = tokens.word();
        if (word.isEmpty()) {
            throw tokens.unexpected();
        }
        if (full || extended) {
            return fullForm(word);
        }
        if (word.equals("count") && tokens.peek() == Token.LEFT_PAREN) {
            return count();
        }
        return dispatch(word);
    }

    private Statement fullForm(String word) {
        switch (word) {
            case "tables", "columns", "fields", "index", "indexes", "keys":
                return dispatch(word);
            case "processlist":
                tokens.advance();
                return plain(ShowKind.PROCESSLIST);
            default:
                throw tokens.unexpected();
        }
    }

    /** What can have GLOBAL or SESSION before it. */
    private @Nullable Statement global() {
        if (!tokens.at("global") && !tokens.atAny("session", "local")) {
            return null;
        }
        boolean global = tokens.at("global");
        tokens.advance();
        if (global && tokens.atAny("gtid_executed", "vgtid_executed")) {
            ShowKind kind = tokens.at("gtid_executed") ? ShowKind.GTID_EXECUTED : ShowKind.VGTID_EXECUTED;
            tokens.advance();
            database();
            return plain(kind);
        }
        scope = global ? VariableScope.GLOBAL : VariableScope.SESSION;
        if (!tokens.at("variables") && !tokens.at("status")) {
            throw tokens.unexpected();
        }
        return null;
    }

    private Statement dispatch(String word) {
        tokens.advance();
        switch (word) {
            case "databases":
                return filtered(ShowKind.DATABASES);
            case "schemas":
                return filtered(ShowKind.SCHEMAS);
            case "keyspaces":
                return filtered(ShowKind.KEYSPACES);
            case "tables":
                database();
                return filtered(ShowKind.TABLES);
            case "columns", "fields":
                tableAndDatabase();
                return filtered(ShowKind.COLUMNS);
            case "index", "indexes", "keys":
                tableAndDatabase();
                return filtered(ShowKind.INDEX);
            case "table":
                tokens.expect("status");
                database();
                return filtered(ShowKind.TABLE_STATUS);
            case "open":
                tokens.expect("tables");
                database();
                return filtered(ShowKind.OPEN_TABLES);
            case "triggers":
                database();
                return filtered(ShowKind.TRIGGERS);
            case "events":
                database();
                return filtered(ShowKind.EVENTS);
            case "create":
                return create();
            case "variables":
                return filtered(ShowKind.VARIABLES);
            case "status":
                return filtered(ShowKind.STATUS);
            case "collation":
                return filtered(ShowKind.COLLATION);
            case "charset":
                return filtered(ShowKind.CHARSET);
            case "character", "char":
                tokens.expect("set");
                return filtered(ShowKind.CHARSET);
            case "storage":
                tokens.expect("engines");
                return plain(ShowKind.ENGINES);
            case "engines":
                return plain(ShowKind.ENGINES);
            case "plugins":
                return plain(ShowKind.PLUGINS);
            case "privileges":
                return plain(ShowKind.PRIVILEGES);
            case "processlist":
                return plain(ShowKind.PROCESSLIST);
            case "profiles":
                return plain(ShowKind.PROFILES);
            case "function":
                return program(ShowKind.FUNCTION_STATUS, ShowKind.FUNCTION_CODE);
            case "procedure":
                return program(ShowKind.PROCEDURE_STATUS, ShowKind.PROCEDURE_CODE);
            default:
                return vitess(word);
        }
    }

    private Statement vitess(String word) {
        switch (word) {
            case "vitess_shards":
                return filtered(ShowKind.VITESS_SHARDS);
            case "vitess_tablets":
                return filtered(ShowKind.VITESS_TABLETS);
            case "vitess_target":
                return plain(ShowKind.VITESS_TARGET);
            case "vitess_keyspaces":
                return filtered(ShowKind.VITESS_KEYSPACES);
            case "vitess_replication_status":
                return filtered(ShowKind.VITESS_REPLICATION_STATUS);
            case "vitess_metadata":
                tokens.expect("variables");
                return filtered(ShowKind.VITESS_METADATA_VARIABLES);
            case "vitess_migrations":
                database();
                return filtered(ShowKind.VITESS_MIGRATIONS);
            case "vitess_migration":
                argument = tokens.string();
                tokens.expect("logs");
                return plain(ShowKind.VITESS_MIGRATION_LOGS);
            case "vitess_throttled_apps":
                return filtered(ShowKind.VITESS_THROTTLED_APPS);
            case "vitess_throttler":
                tokens.expect("status");
                return filtered(ShowKind.VITESS_THROTTLER_STATUS);
            case "vschema":
                return vschema();
            case "transaction":
                tokens.expect("status");
                tokens.accept("for");
                argument = tokens.string();
                return plain(ShowKind.TRANSACTION_STATUS);
            case "unresolved":
                tokens.expect("transactions");
                argument = tokens.accept("for") ? tokens.name() : null;
                return plain(ShowKind.UNRESOLVED_TRANSACTIONS);
            default:
                return verbatim(word);
        }
    }

    private Statement vschema() {
        if (tokens.accept("tables")) {
            return plain(ShowKind.VSCHEMA_TABLES);
        }
        if (tokens.accept("keyspaces")) {
            return plain(ShowKind.VSCHEMA_KEYSPACES);
        }
        tokens.expect("vindexes");
        if (tokens.accept("from") || tokens.accept("on") || tokens.accept("in")) {
            table = parser.tables.tableName();
        }
        return plain(ShowKind.VSCHEMA_VINDEXES);
    }

    /** Kinds whose further clauses stay text. */
    private Statement verbatim(String word) {
        ShowKind kind =
                switch (word) {
                    case "warnings" -> ShowKind.WARNINGS;
                    case "errors" -> ShowKind.ERRORS;
                    case "grants" -> ShowKind.GRANTS;
                    case "profile" -> ShowKind.PROFILE;
                    case "engine" -> ShowKind.ENGINE;
                    case "replicas" -> ShowKind.REPLICAS;
                    case "binary" ->
                        tokens.accept("logs")
                                ? ShowKind.BINARY_LOGS
                                : tokens.accept("log") ? ShowKind.BINARY_LOG_STATUS : null;
                    case "binlog" -> tokens.accept("events") ? ShowKind.BINLOG_EVENTS : null;
                    case "relaylog" -> tokens.accept("events") ? ShowKind.RELAYLOG_EVENTS : null;
                    case "master" ->
                        tokens.accept("status")
                                ? ShowKind.MASTER_STATUS
                                : tokens.accept("logs") ? ShowKind.BINARY_LOGS : null;
                    case "slave" ->
                        tokens.accept("status")
                                ? ShowKind.REPLICA_STATUS
                                : tokens.accept("hosts") ? ShowKind.REPLICAS : null;
                    case "replica" -> tokens.accept("status") ? ShowKind.REPLICA_STATUS : null;
                    default -> throw tokens.unexpectedWord(word);
                };
        if (kind == null) {
            throw tokens.unexpected();
        }
        RecognisedParser.skip(tokens);
        return plain(kind);
    }

    private Statement count() {
        tokens.advance();
        tokens.expect(Token.LEFT_PAREN);
        tokens.expect(Token.STAR);
        tokens.expect(Token.RIGHT_PAREN);
        if (tokens.accept("warnings")) {
            return plain(ShowKind.COUNT_WARNINGS);
        }
        tokens.expect("errors");
        return plain(ShowKind.COUNT_ERRORS);
    }

    private Statement create() {
        String object = tokens.word();
        ShowKind kind =
                switch (object) {
                    case "table" -> ShowKind.CREATE_TABLE;
                    case "view" -> ShowKind.CREATE_VIEW;
                    case "database", "schema" -> ShowKind.CREATE_DATABASE;
                    case "procedure" -> ShowKind.CREATE_PROCEDURE;
                    case "function" -> ShowKind.CREATE_FUNCTION;
                    case "trigger" -> ShowKind.CREATE_TRIGGER;
                    case "event" -> ShowKind.CREATE_EVENT;
                    case "user" -> ShowKind.CREATE_USER;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        if (kind == ShowKind.CREATE_USER) {
            RecognisedParser.skip(tokens);
        } else if (kind == ShowKind.CREATE_DATABASE) {
            if (tokens.accept("if")) {
                tokens.expect("not");
                tokens.expect("exists");
            }
            database = tokens.name();
        } else {
            table = parser.tables.tableName();
        }
        return plain(kind);
    }

    private Statement program(ShowKind status, ShowKind code) {
        if (tokens.accept("status")) {
            return filtered(status);
        }
        tokens.expect("code");
        table = parser.tables.tableName();
        return plain(code);
    }

    private void database() {
        if (tokens.accept("from") || tokens.accept("in")) {
            database = tokens.name();
        }
    }

    private void tableAndDatabase() {
        if (!tokens.accept("from")) {
            tokens.expect("in");
        }
        table = parser.tables.tableName();
        database();
    }

    private Statement plain(ShowKind kind) {
        return show(kind, null, null);
    }

    private Statement filtered(ShowKind kind) {
        if (tokens.accept("like")) {
            return show(kind, tokens.string(), null);
        }
        return show(kind, null, tokens.accept("where") ? parser.exprs.expr() : null);
    }

    private Statement show(ShowKind kind, @Nullable String like, @Nullable Expr where) {
        String text = tokens.text(start, tokens.previousEnd());
        return new Show(kind, scope, full, extended, table, database, like, where, argument, text);
    }
}
