package io.vtsphere.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What Go's {@code encoding/json} says about a text that is no JSON document, because Vitess' errors carry it to the client.
 *
 * <p>Only finds the error: documents are read by the JSON library. For one text, by one thread.
 */
public final class GoJson {
    private static final int MAX_DEPTH = 10_000;
    private static final String ESCAPES = "bfnrt\\/\"";
    private static final String UNEXPECTED_END = "unexpected end of JSON input";
    private static final String AFTER_PAIR = "after object key:value pair";

    /** The text and one blank, by which Go, too, ends what stands last. */
    private final byte[] text;

    private int at;
    /** The kinds, object or array, of the values around the current one, outermost first. */
    private final StringBuilder open = new StringBuilder();

    private GoJson(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        this.text = Arrays.copyOf(bytes, bytes.length + 1);
        this.text[bytes.length] = ' ';
    }

    /** The message of the first syntax error, or null if the text is one document. */
    public static @Nullable String syntaxError(String json) {
        try {
            new GoJson(json).document();
            return null;
        } catch (Syntax e) {
            return e.getMessage();
        }
    }

    private void document() throws Syntax {
        startOfValue();
        while (!open.isEmpty()) {
            afterValue();
        }
        skipBlanks();
        if (at < text.length) {
            throw invalid("after top-level value");
        }
    }

    /** Reads a value, of an object or array only as far as its first element's end. */
    private void startOfValue() throws Syntax {
        while (true) {
            byte first = token();
            at++;
            switch (first) {
                case '{' -> {
                    push('{');
                    if (token() == '}') {
                        return;
                    }
                    key();
                }
                case '[' -> {
                    push('[');
                    if (token() == ']') {
                        return;
                    }
                }
                default -> {
                    at--;
                    scalar(first);
                    return;
                }
            }
        }
    }

    private void afterValue() throws Syntax {
        boolean object = open.charAt(open.length() - 1) == '{';
        byte next = token();
        if (next == (object ? '}' : ']')) {
            open.setLength(open.length() - 1);
            at++;
        } else if (next != ',') {
            throw invalid(object ? AFTER_PAIR : "after array element");
        } else {
            at++;
            if (object) {
                key();
            }
            startOfValue();
        }
    }

    private void key() throws Syntax {
        if (token() != '"') {
            throw invalid("looking for beginning of object key string");
        }
        string();
        if (token() != ':') {
            throw invalid("after object key");
        }
        at++;
    }

    private void scalar(byte first) throws Syntax {
        switch (first) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (first != '-' && !isDigit(first)) {
                    throw invalid("looking for beginning of value");
                }
                number();
            }
        }
    }

    private void string() throws Syntax {
        for (at++; current() != '"'; at++) {
            if (current() >= 0 && current() < ' ') {
                throw invalid("in string literal");
            }
            if (current() == '\\') {
                at++;
                escape();
            }
        }
        at++;
    }

    private void escape() throws Syntax {
        if (current() != 'u') {
            if (ESCAPES.indexOf(current()) < 0) {
                throw invalid("in string escape code");
            }
            return;
        }
        for (int i = 0; i < 4; i++) {
            at++;
            if (Character.digit(current(), 16) < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
        }
    }

    private void literal(String word) throws Syntax {
        for (int i = 0; i < word.length(); i++, at++) {
            if (current() != word.charAt(i)) {
                throw invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private void number() throws Syntax {
        if (current() == '-') {
            at++;
        }
        if (current() == '0') {
            at++;
        } else {
            digits("in numeric literal");
        }
        if (current() == '.') {
            at++;
            digits("after decimal point in numeric literal");
        }
        if (current() == 'e' || current() == 'E') {
            at++;
            if (current() == '+' || current() == '-') {
                at++;
            }
            digits("in exponent of numeric literal");
        }
    }

    private void digits(String where) throws Syntax {
        if (!isDigit(current())) {
            throw invalid(where);
        }
        while (isDigit(current())) {
            at++;
        }
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private void push(char kind) throws Syntax {
        open.append(kind);
        if (open.length() > MAX_DEPTH) {
            throw new Syntax("exceeded max depth");
        }
    }

    private byte token() throws Syntax {
        skipBlanks();
        return current();
    }

    private void skipBlanks() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
            at++;
        }
    }

    private byte current() throws Syntax {
        if (at < text.length) {
            return text[at];
        }
        throw new Syntax(UNEXPECTED_END);
    }

    private Syntax invalid(String where) {
        return new Syntax("invalid character " + quoted(text[at] & 0xFF) + " " + where);
    }

    private static String quoted(int character) {
        return switch (character) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            default -> {
                String quoted = GoText.quote(Character.toString(character));
                yield "'" + quoted.substring(1, quoted.length() - 1) + "'";
            }
        };
    }

    /** Carries the message out of the depth of the text. */
    private static final class Syntax extends Exception {
        private static final long serialVersionUID = 1L;

        Syntax(String message) {
            super(message, null, false, false);
        }
    }
}
