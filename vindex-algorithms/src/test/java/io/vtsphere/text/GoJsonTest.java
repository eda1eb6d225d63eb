package io.vtsphere.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ ] ",
                "null",
                "-0",
                "1.5e-7",
                "\"\\u00e9\\n\\/\"",
                "{\"a\":[1,{\"b\":{}},[]],\"c\":true}\r\n\t ",
                "\"é\u007f\"",
                "[[],[[]]]"
            })
    void document_hasNoError(String json) {
        assertThat(GoJson.syntaxError(json)).isNull();
        assertThatCode(() -> JSON.readTree(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^           | unexpected end of JSON input",
                "{            | unexpected end of JSON input",
                "[1           | unexpected end of JSON input",
                "{\"a         | unexpected end of JSON input",
                "{]           | invalid character ']' looking for beginning of object key string",
                "{\"a\":1,}   | invalid character '}' looking for beginning of object key string",
                "{\"a\" 1}    | invalid character '1' after object key",
                "{\"a\":1 2}  | invalid character '2' after object key:value pair",
                "[1 2]        | invalid character '2' after array element",
                "[1,]         | invalid character ']' looking for beginning of value",
                "[1}          | invalid character '}' after array element",
                "{} x         | invalid character 'x' after top-level value",
                "01           | invalid character '1' after top-level value",
                "a            | invalid character 'a' looking for beginning of value",
                "'a'          | invalid character '\\'' looking for beginning of value",
                "[\"\"\"]     | invalid character '\"' after array element",
                "é            | invalid character 'Ã' looking for beginning of value",
                "tru          | invalid character ' ' in literal true (expecting 'e')",
                "nulx         | invalid character 'x' in literal null (expecting 'l')",
                "fx           | invalid character 'x' in literal false (expecting 'a')",
                "-            | invalid character ' ' in numeric literal",
                "-a           | invalid character 'a' in numeric literal",
                "1.           | invalid character ' ' after decimal point in numeric literal",
                "1.e          | invalid character 'e' after decimal point in numeric literal",
                "1e           | invalid character ' ' in exponent of numeric literal",
                "1e+x         | invalid character 'x' in exponent of numeric literal",
                "\"\\x\"      | invalid character 'x' in string escape code",
                "\"\\u12g0\"  | invalid character 'g' in \\u hexadecimal character escape",
            })
    void noDocument_hasGosText(String json, String error) {
        assertThat(GoJson.syntaxError(json)).isEqualTo(error);
    }

    @Test
    void controlCharacters_areEscapedInTheText() {
        assertThat(GoJson.syntaxError("\"\t\"")).isEqualTo("invalid character '\\t' in string literal");
        assertThat(GoJson.syntaxError("\u0000")).isEqualTo("invalid character '\\x00' looking for beginning of value");
    }

    @Test
    void depth_isBounded() {
        assertThat(GoJson.syntaxError("[".repeat(10_000) + "]".repeat(10_000))).isNull();
        assertThat(GoJson.syntaxError("[".repeat(10_001))).isEqualTo("exceeded max depth");
    }

    /** Whatever is found right here can be read there, and what cannot be read there is found wrong here. */
    @Test
    void randomTexts_areJudgedAsByTheLibrary() {
        String alphabet = "{}[],:\"\\ 0123456789-+.eEtrufalsn";
        Random random = new Random(20);
        int right = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder json = new StringBuilder("{\"1\":2,\"3\":[true,null,-1.5e+3,\"\\u00e9\"],\"5\":{\"a\":{}}}");
            for (int k = random.nextInt(3); k >= 0; k--) {
                int at = random.nextInt(json.length());
                json.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            boolean read;
            try {
                read = !JSON.readTree(json.toString()).isMissingNode();
            } catch (IOException e) {
                read = false;
            }
            assertThat(GoJson.syntaxError(json.toString()) == null)
                    .as("seed 20, %s", json)
                    .isEqualTo(read);
            right += read ? 1 : 0;
        }
        assertThat(right).isBetween(1_000, 19_000);
    }
}
