package io.vtsphere.sql;

import io.vtsphere.sql.ast.Begin;
import io.vtsphere.sql.ast.CallProcedure;
import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Commit;
import io.vtsphere.sql.ast.Deallocate;
import io.vtsphere.sql.ast.DescribeTable;
import io.vtsphere.sql.ast.Do;
import io.vtsphere.sql.ast.EmptyStatement;
import io.vtsphere.sql.ast.Execute;
import io.vtsphere.sql.ast.Explain;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Kill;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.OtherStatement;
import io.vtsphere.sql.ast.OtherStatement.Kind;
import io.vtsphere.sql.ast.Prepare;
import io.vtsphere.sql.ast.Rollback;
import io.vtsphere.sql.ast.Savepoint;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.UnlockTables;
import io.vtsphere.sql.ast.Use;
import io.vtsphere.sql.ast.VExplain;
import io.vtsphere.sql.ast.With;
import java.util.ArrayList;
import java.util.List;

/** Statements by their first word; the shorter ones whole. */
final class StatementParser {
    private final Parser parser;
    private final Tokens tokens;
    private final DmlParser dml;
    private final DdlParser ddl;
    private final ShowParser shows;
    private final AdminParser admin;

    StatementParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.dml = new DmlParser(parser);
        this.ddl = new DdlParser(parser);
        this.shows = new ShowParser(parser);
        this.admin = new AdminParser(parser);
    }

    /** A whole text. */
    Statement single() {
        if (tokens.at(Token.END)) {
            return new EmptyStatement();
        }
        if (tokens.accept(Token.SEMICOLON)) {
            tokens.expectEnd();
            return new EmptyStatement();
        }
        Statement statement = statement();
        tokens.accept(Token.SEMICOLON);
        tokens.expectEnd();
        return statement;
    }

    Statement statement() {
        tokens.enter();
        Statement statement = byFirstWord();
        tokens.leave();
        return statement;
    }

    private Statement byFirstWord() {
        if (tokens.at(Token.LEFT_PAREN)) {
            return parser.queries.query();
        }
        switch (tokens.word()) {
            case "select", "values", "table":
                return parser.queries.query();
            case "with":
                return with();
            case "insert":
                return dml.insert(false);
            case "replace":
                return dml.insert(true);
            case "update":
                return dml.update(null);
            case "delete":
                return dml.delete(null);
            case "set":
                return new SetParser(parser).set();
            case "show":
                return shows.show();
            case "use":
                return use();
            case "begin":
                tokens.advance();
                return new Begin(false, List.of());
            case "start":
                return start();
            case "commit":
                tokens.advance();
                return new Commit();
            case "rollback":
                return rollback();
            case "savepoint":
                tokens.advance();
                return new Savepoint(Savepoint.Action.SAVEPOINT, tokens.name());
            case "release":
                tokens.advance();
                tokens.expect("savepoint");
                return new Savepoint(Savepoint.Action.RELEASE, tokens.name());
            case "explain", "describe", "desc":
                return explain();
            case "vexplain":
                return vexplain();
            case "prepare":
                return prepare();
            case "execute":
                return execute();
            case "deallocate":
                return deallocate();
            case "call":
                return call();
            case "do":
                tokens.advance();
                return new Do(parser.exprs.list());
            case "kill":
                return kill();
            case "unlock":
                return unlock();
            default:
                Statement statement = ddl.statement();
                return statement != null ? statement : admin.statement();
        }
    }

    private Statement with() {
        With with = parser.queries.with();
        return switch (tokens.word()) {
            case "update" -> dml.update(with);
            case "delete" -> dml.delete(with);
            default -> parser.queries.queryAfter(with);
        };
    }

    private Statement use() {
        tokens.advance();
        if (tokens.at(Token.END) || tokens.at(Token.SEMICOLON)) {
            return new Use(null);
        }
        String target = tokens.at(Token.USER_VARIABLE) ? userVariable() : tokens.name();
        // USE ks:-80@replica is written without quotes, too
        return new Use(target + tokens.restOfTarget());
    }

    /** {@code @replica}: a target without a keyspace. */
    private String userVariable() {
        String raw = tokens.raw();
        tokens.advance();
        return raw;
    }

    private Statement start() {
        tokens.advance();
        tokens.expect("transaction");
        List<String> characteristics = new ArrayList<>();
        if (tokens.at("with") || tokens.at("read")) {
            do {
                characteristics.add(characteristic());
            } while (tokens.accept(Token.COMMA));
        }
        return new Begin(true, characteristics);
    }

    private String characteristic() {
        if (tokens.accept("with")) {
            tokens.expect("consistent");
            tokens.expect("snapshot");
            return "with consistent snapshot";
        }
        tokens.expect("read");
        if (tokens.accept("only")) {
            return "read only";
        }
        tokens.expect("write");
        return "read write";
    }

    private Statement rollback() {
        tokens.advance();
        boolean work = tokens.accept("work");
        if (!work && !tokens.at("to")) {
            return new Rollback();
        }
        tokens.expect("to");
        if (tokens.at("savepoint") && (tokens.peek() == Token.WORD || tokens.peek() == Token.QUOTED_NAME)) {
            tokens.advance();
        }
        return new Savepoint(Savepoint.Action.ROLLBACK_TO, tokens.name());
    }

    private Statement explain() {
        int start = tokens.start();
        Comments comments = tokens.advanceOverComments();
        if (tokens.at("for") && tokens.peekWord().equals("connection")) {
            return RecognisedParser.rest(tokens, start, Kind.EXPLAIN_CONNECTION);
        }
        boolean analyze = tokens.at("analyze") && tokens.accept("analyze");
        String format = null;
        if (tokens.at("format") && tokens.peek() == Token.EQUAL) {
            tokens.advance();
            tokens.advance();
            format = Ascii.lower(tokens.nameOrString());
        } else if ((tokens.atAny("partitions", "extended")) && tokens.peek() == Token.WORD) {
            format = tokens.word();
            tokens.advance();
        }
        if (analyze || format != null || explainable()) {
            return new Explain(comments, analyze, format, statement());
        }
        TableName table = parser.tables.tableName();
        String column = tokens.at(Token.STRING) || tokens.atName() ? tokens.nameOrString() : null;
        return new DescribeTable(table, column);
    }

    private boolean explainable() {
        return switch (tokens.word()) {
            case "select", "insert", "replace", "update", "delete", "with", "table", "values" -> true;
            default -> tokens.at(Token.LEFT_PAREN);
        };
    }

    private Statement vexplain() {
        Comments comments = tokens.advanceOverComments();
        VExplain.Kind kind =
                switch (tokens.word()) {
                    case "plan" -> VExplain.Kind.PLAN;
                    case "queries" -> VExplain.Kind.QUERIES;
                    case "all" -> VExplain.Kind.ALL;
                    case "trace" -> VExplain.Kind.TRACE;
                    case "keys" -> VExplain.Kind.KEYS;
                    default -> null;
                };
        if (kind != null) {
            tokens.advance();
        }
        if (!explainable()) {
            throw tokens.unexpected();
        }
        return new VExplain(kind == null ? VExplain.Kind.PLAN : kind, comments, statement());
    }

    private Statement prepare() {
        Comments comments = tokens.advanceOverComments();
        String name = tokens.name();
        tokens.expect("from");
        if (!tokens.at(Token.STRING) && !tokens.at(Token.USER_VARIABLE)) {
            throw tokens.unexpected();
        }
        Expr text = parser.operands.prefixed();
        if (!(text instanceof Literal) && !(text instanceof Expr.UserVariable)) {
            throw tokens.unexpected();
        }
        return new Prepare(comments, name, text);
    }

    private Statement execute() {
        Comments comments = tokens.advanceOverComments();
        String name = tokens.name();
        List<Expr.UserVariable> arguments = new ArrayList<>();
        if (tokens.accept("using")) {
            do {
                if (!tokens.at(Token.USER_VARIABLE)) {
                    throw tokens.unexpected();
                }
                arguments.add(new Expr.UserVariable(tokens.value()));
                tokens.advance();
            } while (tokens.accept(Token.COMMA));
        }
        return new Execute(comments, name, arguments);
    }

    private Statement deallocate() {
        Comments comments = tokens.advanceOverComments();
        tokens.expect("prepare");
        return new Deallocate(comments, tokens.name());
    }

    private Statement call() {
        Comments comments = tokens.advanceOverComments();
        TableName procedure = parser.tables.tableName();
        List<Expr> arguments = List.of();
        if (tokens.accept(Token.LEFT_PAREN) && !tokens.accept(Token.RIGHT_PAREN)) {
            arguments = parser.exprs.list();
            tokens.expect(Token.RIGHT_PAREN);
        }
        return new CallProcedure(comments, procedure, arguments);
    }

    private Statement kill() {
        tokens.advance();
        boolean query = tokens.accept("query");
        if (!query) {
            tokens.accept("connection");
        }
        return new Kill(query, parser.exprs.expr());
    }

    private Statement unlock() {
        int start = tokens.start();
        tokens.advance();
        if (tokens.at("instance")) {
            return RecognisedParser.rest(tokens, start, OtherStatement.Kind.UNLOCK_INSTANCE);
        }
        if (!tokens.accept("table")) {
            tokens.expect("tables");
        }
        return new UnlockTables();
    }
}
