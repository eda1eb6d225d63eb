package io.vtsphere.sql;

/**
 * The parts of MySQL's {@code sql_mode} that change how a text is read.
 *
 * @param ansiQuotes {@code "x"} is an identifier instead of a string
 * @param noBackslashEscapes a backslash in a string is an ordinary character
 * @param pipesAsConcat {@code ||} concatenates instead of meaning OR
 */
public record SqlModes(boolean ansiQuotes, boolean noBackslashEscapes, boolean pipesAsConcat) {
    /** MySQL's default, and what vtgate always assumes. */
    public static final SqlModes DEFAULT = new SqlModes(false, false, false);

    /** From the value of {@code sql_mode}: names between commas in any case; {@code ANSI} brings two of them. */
    public static SqlModes of(String sqlMode) {
        boolean ansi = false;
        boolean noBackslash = false;
        boolean pipes = false;
        for (String mode : sqlMode.split(",", -1)) {
            switch (mode.strip().toUpperCase(java.util.Locale.ROOT)) {
                case "ANSI" -> {
                    ansi = true;
                    pipes = true;
                }
                case "ANSI_QUOTES" -> ansi = true;
                case "NO_BACKSLASH_ESCAPES" -> noBackslash = true;
                case "PIPES_AS_CONCAT" -> pipes = true;
                default -> {}
            }
        }
        return ansi || noBackslash || pipes ? new SqlModes(ansi, noBackslash, pipes) : DEFAULT;
    }
}
