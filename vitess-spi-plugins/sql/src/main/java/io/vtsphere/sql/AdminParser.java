package io.vtsphere.sql;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Flush;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Load;
import io.vtsphere.sql.ast.LockTables;
import io.vtsphere.sql.ast.OtherStatement.Kind;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Stream;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Locks, FLUSH, LOAD, message streams, and the statements that are only recognised. */
final class AdminParser {
    /** By the first word alone. */
    private static final Map<String, Kind> BY_WORD = Map.ofEntries(
            Map.entry("grant", Kind.GRANT),
            Map.entry("revoke", Kind.REVOKE),
            Map.entry("xa", Kind.XA),
            Map.entry("handler", Kind.HANDLER),
            Map.entry("binlog", Kind.BINLOG),
            Map.entry("cache", Kind.CACHE_INDEX),
            Map.entry("change", Kind.CHANGE),
            Map.entry("clone", Kind.CLONE),
            Map.entry("get", Kind.DIAGNOSTICS),
            Map.entry("help", Kind.HELP),
            Map.entry("import", Kind.IMPORT),
            Map.entry("install", Kind.INSTALL),
            Map.entry("purge", Kind.PURGE),
            Map.entry("reset", Kind.RESET),
            Map.entry("resignal", Kind.RESIGNAL),
            Map.entry("restart", Kind.RESTART),
            Map.entry("shutdown", Kind.SHUTDOWN),
            Map.entry("signal", Kind.SIGNAL),
            Map.entry("stop", Kind.REPLICATION),
            Map.entry("uninstall", Kind.UNINSTALL),
            Map.entry("revert", Kind.REVERT_MIGRATION));

    private static final Map<String, Kind> MAINTENANCE = Map.of(
            "analyze", Kind.ANALYZE_TABLE,
            "check", Kind.CHECK_TABLE,
            "checksum", Kind.CHECKSUM_TABLE,
            "optimize", Kind.OPTIMIZE_TABLE,
            "repair", Kind.REPAIR_TABLE);

    private final Parser parser;
    private final Tokens tokens;

    AdminParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Statement statement() {
        int start = tokens.statementStart();
        String word = tokens.word();
        Token next = tokens.peek();
        boolean more = next != Token.END;
        Kind kind = BY_WORD.get(word);
        if (kind != null && (more || kind == Kind.RESTART || kind == Kind.SHUTDOWN || kind == Kind.RESIGNAL)) {
            return RecognisedParser.rest(tokens, start, kind);
        }
        kind = MAINTENANCE.get(word);
        if (kind != null && more) {
            return maintenance(start, kind);
        }
        switch (word) {
            case "lock":
                return lock(start);
            case "flush":
                return flush(start);
            case "load":
                return load(start);
            case "stream", "vstream":
                return stream();
            default:
                throw tokens.unexpected();
        }
    }

    private Statement maintenance(int start, Kind kind) {
        tokens.advance();
        if (!tokens.accept("local")) {
            tokens.accept("no_write_to_binlog");
        }
        boolean table = tokens.accept("table") || tokens.accept("tables");
        // vtgate skips everything after these two
        if (!table && kind != Kind.OPTIMIZE_TABLE && kind != Kind.REPAIR_TABLE) {
            throw tokens.unexpected();
        }
        return RecognisedParser.rest(tokens, start, kind);
    }

    private Statement lock(int start) {
        tokens.advance();
        if (tokens.at("instance")) {
            return RecognisedParser.rest(tokens, start, Kind.LOCK_INSTANCE);
        }
        if (!tokens.accept("table")) {
            tokens.expect("tables");
        }
        List<LockTables.Lock> locks = new ArrayList<>();
        do {
            TableName name = parser.tables.tableName();
            String alias = tokens.accept("as") ? tokens.name() : tokens.atName() ? tokens.name() : null;
            locks.add(new LockTables.Lock(new TableExpr.Table(name, List.of(), alias, List.of()), mode()));
        } while (tokens.accept(Token.COMMA));
        return new LockTables(locks);
    }

    private String mode() {
        if (tokens.accept("read")) {
            return tokens.accept("local") ? "read local" : "read";
        }
        boolean low = tokens.accept("low_priority");
        tokens.expect("write");
        return low ? "low_priority write" : "write";
    }

    private Statement flush(int start) {
        tokens.advance();
        boolean local = tokens.accept("local") || tokens.accept("no_write_to_binlog");
        List<TableName> tables = new ArrayList<>();
        if (tokens.accept("tables") || tokens.accept("table")) {
            if (tokens.atName()) {
                do {
                    tables.add(parser.tables.tableName());
                } while (tokens.accept(Token.COMMA));
            }
        } else if (tokens.word().isEmpty()) {
            throw tokens.unexpected();
        }
        RecognisedParser.skip(tokens);
        return new Flush(local, tables, tokens.text(start, tokens.previousEnd()));
    }

    private Statement load(int start) {
        tokens.advance();
        if (tokens.at("index")) {
            return RecognisedParser.rest(tokens, start, Kind.LOAD_INDEX);
        }
        if (!tokens.at("data") && !tokens.at("xml")) {
            throw tokens.unexpected();
        }
        RecognisedParser.skip(tokens);
        return new Load(tokens.text(start, tokens.previousEnd()));
    }

    private Statement stream() {
        boolean vstream = tokens.at("vstream");
        Comments comments = tokens.advanceOverComments();
        SelectItem item = SelectItem.Star.ALL;
        if (!tokens.accept(Token.STAR)) {
            Expr.Column column = parser.operands.plainColumn();
            item = new SelectItem.Item(column, null, Span.NONE);
        }
        tokens.expect("from");
        TableName table = parser.tables.tableName();
        Expr where = vstream && tokens.accept("where") ? parser.exprs.expr() : null;
        Limit limit = vstream ? parser.queries.limit() : null;
        return new Stream(vstream, comments, item, table, where, limit);
    }
}
