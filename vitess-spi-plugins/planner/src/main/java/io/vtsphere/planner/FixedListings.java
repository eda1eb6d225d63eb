package io.vtsphere.planner;

import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.LikeOp;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists that are the same for every gate: SHOW ENGINES, PLUGINS, CHARSET. Source: Vitess' {@code go/vt/vtgate/planbuilder/show.go}. */
final class FixedListings {
    /** The character sets of MySQL that Vitess knows: name, description, default collation, bytes of a character. */
    private static final String CHARSETS = """
            armscii8 | ARMSCII-8 Armenian | armscii8_general_ci | 1
            ascii | US ASCII | ascii_general_ci | 1
            binary | Binary pseudo charset | binary | 1
            cp1250 | Windows Central European | cp1250_general_ci | 1
            cp1251 | Windows Cyrillic | cp1251_general_ci | 1
            cp1256 | Windows Arabic | cp1256_general_ci | 1
            cp1257 | Windows Baltic | cp1257_general_ci | 1
            cp850 | DOS West European | cp850_general_ci | 1
            cp852 | DOS Central European | cp852_general_ci | 1
            cp866 | DOS Russian | cp866_general_ci | 1
            cp932 | SJIS for Windows Japanese | cp932_japanese_ci | 2
            dec8 | DEC West European | dec8_swedish_ci | 1
            eucjpms | UJIS for Windows Japanese | eucjpms_japanese_ci | 3
            euckr | EUC-KR Korean | euckr_korean_ci | 2
            gb2312 | GB2312 Simplified Chinese | gb2312_chinese_ci | 2
            geostd8 | GEOSTD8 Georgian | geostd8_general_ci | 1
            greek | ISO 8859-7 Greek | greek_general_ci | 1
            hebrew | ISO 8859-8 Hebrew | hebrew_general_ci | 1
            hp8 | HP West European | hp8_english_ci | 1
            keybcs2 | DOS Kamenicky Czech-Slovak | keybcs2_general_ci | 1
            koi8r | KOI8-R Relcom Russian | koi8r_general_ci | 1
            koi8u | KOI8-U Ukrainian | koi8u_general_ci | 1
            latin1 | cp1252 West European | latin1_swedish_ci | 1
            latin2 | ISO 8859-2 Central European | latin2_general_ci | 1
            latin5 | ISO 8859-9 Turkish | latin5_turkish_ci | 1
            latin7 | ISO 8859-13 Baltic | latin7_general_ci | 1
            macce | Mac Central European | macce_general_ci | 1
            macroman | Mac West European | macroman_general_ci | 1
            sjis | Shift-JIS Japanese | sjis_japanese_ci | 2
            swe7 | 7bit Swedish | swe7_swedish_ci | 1
            ucs2 | UCS-2 Unicode | ucs2_general_ci | 2
            ujis | EUC-JP Japanese | ujis_japanese_ci | 3
            utf16 | UTF-16 Unicode | utf16_general_ci | 4
            utf16le | UTF-16LE Unicode | utf16le_general_ci | 4
            utf32 | UTF-32 Unicode | utf32_general_ci | 4
            utf8mb3 | UTF-8 Unicode | utf8mb3_general_ci | 3
            utf8mb4 | UTF-8 Unicode | utf8mb4_0900_ai_ci | 4
            """;

    private FixedListings() {}

    static Primitive engines() {
        return new Primitive.Rows(
                List.of("Engine", "Support", "Comment", "Transactions", "XA", "Savepoints"),
                List.of(row(
                        "InnoDB",
                        "DEFAULT",
                        "Supports transactions, row-level locking, and foreign keys",
                        "YES",
                        "YES",
                        "YES")));
    }

    static Primitive plugins() {
        return new Primitive.Rows(
                List.of("Name", "Status", "Type", "Library", "License"),
                List.of(row("InnoDB", "ACTIVE", "STORAGE ENGINE", "NULL", "GPL")));
    }

    /** @throws VtException VT12001 for a WHERE that compares otherwise than by = and LIKE, 1054 for another column than charset */
    static Primitive charsets(Show show) {
        Predicate<String> shown = show.where() == null ? new LikePattern(show.like())::matches : named(show.where());
        List<List<SqlValue>> rows = new ArrayList<>();
        CHARSETS.lines().forEach(line -> {
            String[] cells = line.split(" \\| ", -1);
            if (shown.test(cells[0])) {
                List<SqlValue> row = new ArrayList<>(row(cells[0], cells[1], cells[2]));
                row.add(SqlValue.of(SqlType.UINT32, cells[3].getBytes(StandardCharsets.US_ASCII)));
                rows.add(row);
            }
        });
        return new Primitive.Rows(
                List.of("Charset", "Description", "Default collation", "Maxlen"),
                List.of(SqlType.VARCHAR, SqlType.VARCHAR, SqlType.VARCHAR, SqlType.UINT32),
                rows);
    }

    private static Predicate<String> named(Expr where) {
        boolean like = where instanceof Expr.Like match && match.op() == LikeOp.LIKE && !match.negated();
        boolean equal = where instanceof Expr.Comparison compared && compared.op() == ComparisonOp.EQ;
        if (!like && !equal) {
            throw VtError.VT12001.with("expect a 'LIKE' or '=' expression");
        }
        Expr left = where instanceof Expr.Like match ? match.left() : ((Expr.Comparison) where).left();
        Expr right = where instanceof Expr.Like match ? match.pattern() : ((Expr.Comparison) where).right();
        if (!(left instanceof Expr.Column column)) {
            throw VtError.VT12001.with("expect left side to be 'charset'");
        }
        if (!column.name().equalsIgnoreCase("charset")) {
            throw VtException.of(
                    Code.NOT_FOUND, State.BAD_FIELD, "Unknown column '" + column.name() + "' in 'where clause'");
        }
        if (!(right instanceof Literal literal) || literal.kind() != Literal.Kind.STRING) {
            throw VtError.VT12001.with("we expect the right side to be a string");
        }
        return like ? new LikePattern(literal.text())::matches : literal.text()::equalsIgnoreCase;
    }

    private static List<SqlValue> row(String... cells) {
        return Stream.of(cells).map(SqlValue::varchar).toList();
    }
}
