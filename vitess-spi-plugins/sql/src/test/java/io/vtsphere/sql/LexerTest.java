package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts and their tokens: each kind with its value, except that a token that is always written alike is its text. */
class LexerTest {
    private static String tokens(String sql, SqlModes modes) {
        List<String> tokens = new ArrayList<>();
        Lexer lexer = new Lexer(sql, modes);
        for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
            tokens.add(
                    token.text().isEmpty()
                            ? token + " " + (token == Token.ERROR ? lexer.raw() : lexer.value())
                            : token.text());
        }
        return String.join(", ", tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                // numbers, and names that start like numbers (manual, "Numeric Literals", "Schema Object Names")
                "1 23 => INTEGER 1, INTEGER 23",
                "1.5 .5 5. => DECIMAL 1.5, DECIMAL .5, DECIMAL 5.",
                "1e3 1.5E-3 .1e+2 => FLOAT 1e3, FLOAT 1.5E-3, FLOAT .1e+2",
                "1e 1e+ 2abc 3_ => WORD 1e, WORD 1e, +, WORD 2abc, WORD 3_",
                "0x1F 0b01 0xG 0b2 0X1 => HEX_NUMBER 0x1F, BIT_NUMBER 0b01, WORD 0xG, WORD 0b2, WORD 0X1",
                "x'1F' X'1f' b'01' B'1' x'' => HEX_STRING 1F, HEX_STRING 1f, BIT_STRING 01, BIT_STRING 1, HEX_STRING ",
                "x'1' => ERROR x'1'",
                "b'2' => ERROR b', INTEGER 2, ERROR '",
                "t.1 t.1e3 t .5 => WORD t, ., WORD 1, WORD t, ., WORD 1e3, WORD t, DECIMAL .5",
                "1..2 => DECIMAL 1., DECIMAL .2",
                "t.select t. a => WORD t, ., WORD select, WORD t, ., WORD a",
                // names
                "`a``b` `x.y`.`z` => QUOTED_NAME a`b, QUOTED_NAME x.y, ., QUOTED_NAME z",
                "`` => ERROR `, ERROR `",
                "a$b ä_1 名前 => WORD a$b, WORD ä_1, WORD 名前",
                // strings
                "'a''b' \"c\"\"d\" 'e\"f' => STRING a'b, STRING c\"d, STRING e\"f",
                "'\\0\\'\\\\\\x\\%' => STRING \u0000'\\x\\%",
                "N'a' n'b' nx'c' => NATIONAL_STRING a, NATIONAL_STRING b, WORD nx, STRING c",
                "'a => ERROR 'a",
                "'a\\' => ERROR 'a\\'",
                // variables and binds
                "@a @`b c` @'d' @\"e\" @a.b @$ @ => USER_VARIABLE a, USER_VARIABLE b c, USER_VARIABLE d, USER_VARIABLE e, USER_VARIABLE a.b, USER_VARIABLE $, USER_VARIABLE ",
                "@@a @@global.b => @@, WORD a, @@, WORD global, ., WORD b",
                ":a ::b :a1_c :a.b :1 ? => BIND a, LIST_BIND b, BIND a1_c, BIND a.b, BIND 1, ?",
                ":1a : :: := => BIND 1, WORD a, ERROR :, ERROR ::, :=",
                // operators
                "a<=>b<=c<<d<>e!=f<g => WORD a, <=>, WORD b, <=, WORD c, <<, WORD d, !=, WORD e, !=, WORD f, <, WORD g",
                "a->b->>c-d- -e => WORD a, ->, WORD b, ->>, WORD c, -, WORD d, -, -, WORD e",
                "a||b|c&&d&e^~f => WORD a, ||, WORD b, |, WORD c, &&, WORD d, &, WORD e, ^, ~, WORD f",
                "\\N \\n => \\N, ERROR \\, WORD n",
                "! = !a !!a => !, =, !, WORD a, ERROR !!, WORD a",
                // comments
                "a /* b */ c /**/ d => WORD a, WORD c, WORD d",
                "a -- b => WORD a",
                "a --b => WORD a, -, -, WORD b",
                "a # b => WORD a",
                "a /*! b */ c /*!50000 d */ e /*!99999 f */ g => WORD a, WORD b, WORD c, WORD d, WORD e, WORD g",
                "/*!401011 + */ 5 => INTEGER 1, +, INTEGER 5",
                "/*!080000 + */ 5 => +, INTEGER 5",
                "/*!099999 + */ 5 => INTEGER 5",
                "/*!4000 + */ 5 => INTEGER 4000, +, INTEGER 5",
                "a /*!50000 b /* c */ d */ e => WORD a, WORD b, WORD d, WORD e",
                "a /* b => WORD a, ERROR /* b",
                "a /*! b => WORD a, WORD b, ERROR ",
                "a */ b => WORD a, *, /, WORD b",
            })
    void tokensOfText(String sql, String expected) {
        assertThat(tokens(sql, SqlModes.DEFAULT).strip()).isEqualTo(expected);
    }

    @Test
    void placesAreOffsetsIntoTheWholeText() {
        Lexer lexer = new Lexer("select  'a b' from t", 8, 18, SqlModes.DEFAULT);
        lexer.next();
        assertThat(lexer.start()).isEqualTo(8);
        assertThat(lexer.end()).isEqualTo(13);
        assertThat(lexer.raw()).isEqualTo("'a b'");
        assertThat(lexer.peek()).isEqualTo(Token.WORD);
        assertThat(lexer.peekWord()).isEqualTo("from");
        assertThat(lexer.raw()).isEqualTo("'a b'");
        lexer.next();
        assertThat(lexer.next()).isEqualTo(Token.END);
        assertThat(lexer.next()).isEqualTo(Token.END);
    }

    @Test
    void mark_leadsBack() {
        Lexer lexer = new Lexer("a.1 /*! b */ c", SqlModes.DEFAULT);
        lexer.next();
        long mark = lexer.mark();
        List<String> first = List.of(next(lexer), next(lexer), next(lexer), next(lexer));
        lexer.reset(mark);
        assertThat(List.of(next(lexer), next(lexer), next(lexer), next(lexer))).isEqualTo(first);
        assertThat(first).containsExactly("DOT .", "WORD 1", "WORD b", "WORD c");
    }

    private static String next(Lexer lexer) {
        return lexer.next() + " " + lexer.raw();
    }

    @Test
    void comments_areCollectedOnRequest() {
        Lexer lexer = new Lexer("select /* a */ /*+ b */ -- c\n 1 /* d */", SqlModes.DEFAULT);
        lexer.next();
        List<String> comments = new ArrayList<>();
        lexer.collectComments(comments);
        lexer.next();
        lexer.collectComments(null);
        lexer.next();
        assertThat(comments).containsExactly("/* a */", "/*+ b */", "-- c");
    }

    @Test
    void words_areLowerCase_andKnowWhetherTheyAreReserved() {
        Lexer lexer = new Lexer("SELECT Status FooBar `select`", SqlModes.DEFAULT);
        lexer.next();
        assertThat(lexer.word()).isEqualTo("select");
        assertThat(lexer.isReserved()).isTrue();
        lexer.next();
        assertThat(lexer.word()).isEqualTo("status");
        assertThat(lexer.isReserved()).isFalse();
        assertThat(lexer.isKeyword()).isTrue();
        lexer.next();
        assertThat(lexer.word()).isEqualTo("foobar");
        assertThat(lexer.isKeyword()).isFalse();
        lexer.next();
        assertThat(lexer.word()).isEmpty();
        assertThat(lexer.isReserved()).isFalse();
    }
}
