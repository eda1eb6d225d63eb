package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Window;
import io.vtsphere.sql.ast.Windowed;
import io.vtsphere.sql.ast.Windowing;
import io.vtsphere.sql.ast.Windowing.Bound;
import io.vtsphere.sql.ast.Windowing.BoundKind;
import io.vtsphere.sql.ast.Windowing.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OVER and WINDOW clauses. */
final class WindowParser {
    private final Parser parser;
    private final Tokens tokens;

    WindowParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    /** The call itself, or a {@link Windowed} if OVER follows. */
    Expr over(Expr call, String name) {
        Boolean fromLast = null;
        if (name.equals("nth_value") && tokens.accept("from")) {
            fromLast = tokens.accept("last");
            if (!fromLast) {
                tokens.expect("first");
            }
        }
        Boolean ignoreNulls = null;
        if (tokens.accept("respect", "nulls")) {
            ignoreNulls = false;
        } else if (tokens.accept("ignore", "nulls")) {
            ignoreNulls = true;
        }
        if (!tokens.at("over")) {
            if (fromLast != null || ignoreNulls != null) {
                throw tokens.unexpected();
            }
            return call;
        }
        tokens.advance();
        if (tokens.at(Token.LEFT_PAREN)) {
            return new Windowed(call, fromLast, ignoreNulls, null, windowing());
        }
        return new Windowed(call, fromLast, ignoreNulls, tokens.name(), null);
    }

    List<Window> windows() {
        if (!tokens.accept("window")) {
            return List.of();
        }
        List<Window> windows = new ArrayList<>();
        do {
            String name = tokens.name();
            tokens.expect("as");
            windows.add(new Window(name, windowing()));
        } while (tokens.accept(Token.COMMA));
        return windows;
    }

    private Windowing windowing() {
        tokens.expect(Token.LEFT_PAREN);
        String base = tokens.atName() ? tokens.name() : null;
        List<Expr> partitionBy = List.of();
        if (tokens.accept("partition")) {
            tokens.expect("by");
            partitionBy = parser.exprs.list();
        }
        List<OrderItem> orderBy = parser.queries.orderBy();
        Frame frame = frame();
        tokens.expect(Token.RIGHT_PAREN);
        return new Windowing(base, partitionBy, orderBy, frame);
    }

    private @Nullable Frame frame() {
        String unit = tokens.word();
        if (!unit.equals("rows") && !unit.equals("range") && !unit.equals("groups")) {
            return null;
        }
        tokens.advance();
        if (!tokens.accept("between")) {
            return new Frame(unit, bound(), null);
        }
        Bound start = bound();
        tokens.expect("and");
        return new Frame(unit, start, bound());
    }

    private Bound bound() {
        if (tokens.accept("current", "row")) {
            return new Bound(BoundKind.CURRENT_ROW, null);
        }
        if (tokens.accept("unbounded", "preceding")) {
            return new Bound(BoundKind.UNBOUNDED_PRECEDING, null);
        }
        if (tokens.accept("unbounded", "following")) {
            return new Bound(BoundKind.UNBOUNDED_FOLLOWING, null);
        }
        Expr offset = parser.exprs.climb(ExprParser.BIT_OR);
        if (tokens.accept("preceding")) {
            return new Bound(BoundKind.PRECEDING, offset);
        }
        tokens.expect("following");
        return new Bound(BoundKind.FOLLOWING, offset);
    }
}
