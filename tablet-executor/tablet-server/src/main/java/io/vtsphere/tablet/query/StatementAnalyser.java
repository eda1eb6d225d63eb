package io.vtsphere.tablet.query;

import io.vtsphere.sql.Lexer;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.Token;
import io.vtsphere.tablet.query.QueryPlan.NextVal;
import io.vtsphere.tablet.query.QueryPlan.Part;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes a plan of a statement's text: its kind, its bind variables, and where a row limit belongs.
 *
 * <p>It judges words only; whether the rest is right is MySQL's to say. Used once per text, not thread-safe.
 */
final class StatementAnalyser {
    private static final Set<String> LOCK_FUNCTIONS =
            Set.of("get_lock", "release_lock", "is_free_lock", "is_used_lock", "release_all_locks");
    private static final Set<String> DDL = Set.of("create", "alter", "drop", "rename", "truncate");
    private static final Map<String, PlanType> BY_FIRST_WORD = Map.ofEntries(
            Map.entry("select", PlanType.SELECT),
            Map.entry("values", PlanType.SELECT),
            Map.entry("table", PlanType.SELECT),
            Map.entry("insert", PlanType.INSERT),
            Map.entry("replace", PlanType.INSERT),
            Map.entry("update", PlanType.UPDATE),
            Map.entry("delete", PlanType.DELETE),
            Map.entry("set", PlanType.SET),
            Map.entry("show", PlanType.SHOW),
            Map.entry("explain", PlanType.OTHER_READ),
            Map.entry("describe", PlanType.OTHER_READ),
            Map.entry("desc", PlanType.OTHER_READ),
            Map.entry("analyze", PlanType.OTHER_ADMIN),
            Map.entry("optimize", PlanType.OTHER_ADMIN),
            Map.entry("repair", PlanType.OTHER_ADMIN),
            Map.entry("do", PlanType.OTHER_ADMIN),
            Map.entry("savepoint", PlanType.SAVEPOINT),
            Map.entry("release", PlanType.RELEASE),
            Map.entry("load", PlanType.LOAD),
            Map.entry("flush", PlanType.FLUSH),
            Map.entry("lock", PlanType.LOCK_TABLES),
            Map.entry("unlock", PlanType.UNLOCK_TABLES),
            Map.entry("call", PlanType.CALL_PROCEDURE));
    /** Statements of MySQL that a tablet does not take as text. */
    private static final Set<String> REFUSED = Set.of(
            "begin",
            "start",
            "commit",
            "use",
            "xa",
            "kill",
            "grant",
            "revoke",
            "handler",
            "prepare",
            "execute",
            "deallocate",
            "change",
            "reset",
            "purge",
            "stop",
            "install",
            "uninstall",
            "help",
            "binlog",
            "shutdown",
            "restart",
            "check",
            "checksum",
            "cache",
            "import",
            "clone",
            "signal",
            "resignal",
            "get");

    private final String sql;
    private final Lexer tokens;
    private final List<Bind> binds = new ArrayList<>();
    private String first = "";
    private String second = "";
    private int count;
    private int depth;
    private boolean limit;
    private boolean into;
    private boolean toSavepoint;
    private boolean lockFunction;
    private boolean manyTables;
    private boolean seenSetOrWhere;
    /** Where FOR UPDATE and its kin begin; -1: nowhere. */
    private int locking = -1;

    private int previousStart;
    private int lastEnd;
    private boolean terminated;

    private record Bind(int start, int end, boolean list, String name) {}

    private StatementAnalyser(String sql) {
        this.sql = sql;
        this.tokens = new Lexer(sql, SqlModes.DEFAULT);
    }

    /** @throws VtException INVALID_ARGUMENT for what is no statement, or none that a tablet takes */
    static QueryPlan analyse(String sql) {
        return new StatementAnalyser(sql).plan();
    }

    private QueryPlan plan() {
        String previous = "";
        while (tokens.next() != Token.END) {
            if (tokens.token() == Token.ERROR) {
                throw syntaxError();
            }
            if (terminated) {
                throw invalid("Expected a single statement");
            }
            visit(previous);
            previous = tokens.word();
            previousStart = tokens.start();
        }
        if (count == 0) {
            throw invalid("Query was empty");
        }
        NextVal next = first.equals("select") && second.equals("next") ? nextVal() : null;
        PlanType type = next != null ? PlanType.NEXTVAL : type();
        boolean bounded = !limit && !into && (type == PlanType.SELECT || type.limitsRows());
        return new QueryPlan(
                sql,
                type,
                first.toUpperCase(Locale.ROOT),
                parts(bounded),
                next,
                first.equals("create") && second.equals("temporary"));
    }

    private void visit(String previous) {
        if (tokens.token() == Token.SEMICOLON) {
            terminated = true;
            return;
        }
        count++;
        lastEnd = tokens.end();
        String word = tokens.word();
        if (count == 1) {
            first = tokens.token() == Token.LEFT_PAREN ? "select" : word;
            requireStatement(word);
        } else if (count == 2) {
            second = word;
        }
        if (tokens.token() == Token.BIND || tokens.token() == Token.LIST_BIND) {
            boolean list = tokens.token() == Token.LIST_BIND;
            binds.add(new Bind(tokens.start(), tokens.end(), list, tokens.value()));
        } else if (tokens.token() == Token.LEFT_PAREN) {
            lockFunction |= LOCK_FUNCTIONS.contains(previous);
            depth++;
        } else if (tokens.token() == Token.RIGHT_PAREN) {
            depth--;
        } else if (depth == 0) {
            outermost(word, previous);
        }
    }

    private void outermost(String word, String previous) {
        if (first.equals("with")
                && Set.of("select", "update", "delete", "values", "table").contains(word)) {
            first = word;
        }
        switch (word) {
            case "limit" -> limit = true;
            case "into" -> into = true;
            case "to" -> toSavepoint = true;
            case "set", "where" -> seenSetOrWhere = true;
            case "join", "straight_join", "using" -> manyTables |= !seenSetOrWhere;
            case "update", "share" -> {
                if (previous.equals("for") && locking < 0) {
                    locking = previousStart;
                }
            }
            case "lock" -> locking = locking < 0 && count > 1 ? tokens.start() : locking;
            case "from" -> manyTables |= first.equals("delete") && !beginsDelete(previous);
            default -> manyTables |= tokens.token() == Token.COMMA && !seenSetOrWhere;
        }
    }

    /** Whether FROM follows DELETE and its modifiers, so that one table is meant. */
    private static boolean beginsDelete(String previous) {
        return Set.of("delete", "low_priority", "quick", "ignore").contains(previous);
    }

    private void requireStatement(String word) {
        if (tokens.token() == Token.LEFT_PAREN
                || word.equals("with")
                || word.equals("rollback")
                || BY_FIRST_WORD.containsKey(word)
                || DDL.contains(word)) {
            return;
        }
        if (REFUSED.contains(word)) {
            throw invalid("invalid SQL");
        }
        throw syntaxError();
    }

    /** Why it is no statement, in the words of the parser; one that the parser takes is none for a tablet. */
    private VtException syntaxError() {
        try {
            SqlParser.parse(sql);
        } catch (VtException e) {
            return e;
        }
        return invalid("invalid SQL");
    }

    private PlanType type() {
        if (DDL.contains(first)) {
            return PlanType.DDL;
        }
        if (first.equals("rollback")) {
            if (!toSavepoint) {
                throw invalid("invalid SQL");
            }
            return PlanType.ROLLBACK_SAVEPOINT;
        }
        PlanType type = BY_FIRST_WORD.getOrDefault(first, PlanType.SELECT);
        boolean bounded = !limit && !manyTables;
        return switch (type) {
            case SELECT -> lockFunction ? PlanType.SELECT_LOCK_FUNC : type;
            case UPDATE -> bounded ? PlanType.UPDATE_LIMIT : type;
            case DELETE -> bounded ? PlanType.DELETE_LIMIT : type;
            default -> type;
        };
    }

    private List<Part> parts(boolean bounded) {
        int limitAt = bounded ? (locking >= 0 ? locking : lastEnd) : -1;
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (Bind bind : binds) {
            if (limitAt >= from && limitAt <= bind.start()) {
                parts.add(new Part(utf8(from, limitAt), null, false, true));
                from = limitAt;
                limitAt = -1;
            }
            parts.add(new Part(utf8(from, bind.start()), bind.name(), bind.list(), false));
            from = bind.end();
        }
        if (limitAt >= 0) {
            parts.add(new Part(utf8(from, limitAt), null, false, true));
            from = limitAt;
        }
        parts.add(new Part(withSpace(from), null, false, false));
        return parts;
    }

    /** The rest of the text; a locking clause needs a blank between the limit and itself. */
    private byte[] withSpace(int from) {
        String rest = sql.substring(from);
        return (from == locking ? " " + rest : rest).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] utf8(int from, int to) {
        return sql.substring(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private NextVal nextVal() {
        Lexer in = new Lexer(sql, SqlModes.DEFAULT);
        in.next();
        in.next();
        in.next();
        String number = null;
        String variable = null;
        if (in.word().equals("value")) {
            number = "1";
        } else {
            if (in.token() == Token.BIND) {
                variable = in.value();
            } else if (in.token() == Token.INTEGER) {
                number = in.raw();
            } else {
                throw syntaxError();
            }
            in.next();
            if (!in.word().equals("values")) {
                throw syntaxError();
            }
        }
        in.next();
        if (!in.word().equals("from")) {
            throw syntaxError();
        }
        in.next();
        return new NextVal(tableName(in), number, variable);
    }

    private static String tableName(Lexer in) {
        String name = in.value();
        while (in.next() == Token.DOT) {
            in.next();
            name = in.value();
        }
        return name;
    }

    private static VtException invalid(String message) {
        return VtException.of(Code.INVALID_ARGUMENT, message);
    }
}
