package io.vtsphere.sql;

/**
 * {@code INTO OUTFILE}, Aurora's {@code INTO OUTFILE S3} and {@code INTO DUMPFILE} with their options, as canonical text for the default modes. Source: MySQL manual,
 * "SELECT … INTO Statement"; Vitess' grammar for the options of S3.
 */
final class OutfileParser {
    private final Parser parser;
    private final Tokens tokens;
    private final StringBuilder out = new StringBuilder();

    OutfileParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    /** From the word OUTFILE or DUMPFILE on. */
    String text() {
        boolean dumpfile = tokens.at("dumpfile");
        word();
        if (!dumpfile && tokens.at("s3")) {
            word();
        }
        string();
        if (!dumpfile) {
            options();
        }
        return out.toString();
    }

    private void options() {
        if (tokens.accept("charset") || tokens.accept("character", "set") || tokens.accept("char", "set")) {
            out.append(" character set ").append(parser.functions.phrases().charsetName());
        }
        if (tokens.at("format")) {
            word();
            word(); // csv or text
            if (tokens.at("header")) {
                word();
            }
        }
        if (tokens.atAny("fields", "columns")) {
            tokens.advance();
            out.append(" fields");
            bytes("terminated", "enclosed", "escaped");
        }
        if (tokens.at("lines")) {
            word();
            bytes("terminated", "starting", "");
        }
        if (tokens.at("manifest")) {
            word();
            onOrOff();
        }
        if (tokens.at("overwrite")) {
            word();
            onOrOff();
        }
    }

    /** One or more of {@code TERMINATED BY 'x'} and the like. */
    private void bytes(String first, String second, String third) {
        boolean any = false;
        while (true) {
            boolean optionally = tokens.at("optionally") && second.equals("enclosed");
            if (optionally) {
                word();
            }
            if (!tokens.atAny(first, second) && (third.isEmpty() || !tokens.at(third))) {
                if (!any || optionally) {
                    throw tokens.unexpected();
                }
                return;
            }
            word();
            tokens.expect("by");
            out.append(" by");
            string();
            any = true;
        }
    }

    private void onOrOff() {
        if (!tokens.atAny("on", "off")) {
            throw tokens.unexpected();
        }
        word();
    }

    private void word() {
        if (tokens.word().isEmpty()) {
            throw tokens.unexpected();
        }
        out.append(out.length() == 0 ? "" : " ").append(tokens.word());
        tokens.advance();
    }

    /** A string, or the same as hexadecimal or binary digits. */
    private void string() {
        out.append(' ');
        switch (tokens.token()) {
            case HEX_NUMBER, HEX_STRING, BIT_NUMBER, BIT_STRING -> {
                out.append(tokens.raw());
                tokens.advance();
            }
            default -> Strings.quote(out, tokens.string(), true);
        }
    }
}
