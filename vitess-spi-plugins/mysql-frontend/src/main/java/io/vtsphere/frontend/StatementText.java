package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Reads a statement's bytes as text.
 *
 * <p>Clients write bytes that are no UTF-8 into literals such as {@code _binary'…'}. As text they would be lost, so such a literal becomes
 * {@code _binary X'…'}, which is the same string to MySQL. So does a value of an INSERT: a binary column takes it as it is, and a text column
 * refuses either. Such bytes anywhere else are refused.
 */
final class StatementText {
    private static final String INTRODUCER = "_binary";
    /** The first bytes of a statement, in which its verb is looked for. */
    private static final int VERB_BYTES = 64;

    private static final Pattern STORES = Pattern.compile("\\s*(?:insert|replace)\\b", Pattern.CASE_INSENSITIVE);

    private StatementText() {}

    /**
     * Reads the rest of the payload.
     *
     * @throws VtException when bytes outside a {@code _binary} literal are no text of the charset
     */
    static String read(ByteBuf payload, Charset charset) {
        int length = payload.readableBytes();
        String text = payload.toString(payload.readerIndex(), length, charset);
        if (text.indexOf('\uFFFD') < 0) {
            payload.skipBytes(length);
            return text;
        }
        byte[] bytes = new byte[length];
        payload.readBytes(bytes);
        return decode(bytes, 0, length, charset) == null ? new Rewriter(bytes, charset).rewrite() : text;
    }

    /** The text, or null when the bytes are none. */
    private static java.nio.@org.jspecify.annotations.Nullable CharBuffer decode(
            byte[] bytes, int from, int to, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from));
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Walks over quotes and comments, and turns the binary literals that need it into hexadecimal ones. */
    private static final class Rewriter {
        private final byte[] bytes;
        private final Charset charset;
        private final boolean stores;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private int copied;

        Rewriter(byte[] bytes, Charset charset) {
            this.bytes = bytes;
            this.charset = charset;
            int verb = Math.min(bytes.length, VERB_BYTES);
            this.stores = STORES.matcher(new String(bytes, 0, verb, StandardCharsets.ISO_8859_1))
                    .lookingAt();
        }

        String rewrite() {
            while (at < bytes.length) {
                byte b = bytes[at];
                if (b == '\'' || b == '"') {
                    literal(b);
                } else if (b == '`') {
                    skipTo((byte) '`');
                } else if (b == '#' || b == '-' && isDashComment()) {
                    skipLine();
                } else if (b == '/' && at + 1 < bytes.length && bytes[at + 1] == '*') {
                    skipComment();
                } else {
                    at++;
                }
            }
            copyUpTo(bytes.length);
            return out.toString();
        }

        private void literal(byte quote) {
            int start = at;
            int contentStart = ++at;
            java.io.ByteArrayOutputStream value = new java.io.ByteArrayOutputStream();
            while (at < bytes.length) {
                byte b = bytes[at++];
                if (b == '\\' && at < bytes.length) {
                    value.write(unescaped(bytes[at++]));
                } else if (b == quote && at < bytes.length && bytes[at] == quote) {
                    value.write(bytes[at++]);
                } else if (b == quote) {
                    if (decode(bytes, contentStart, at - 1, charset) == null && (isBinary(start) || isStored(start))) {
                        copyUpTo(start);
                        out.append(" X'")
                                .append(HexFormat.of().formatHex(value.toByteArray()))
                                .append('\'');
                        copied = at;
                    }
                    return;
                } else {
                    value.write(b);
                }
            }
        }

        /** Source: MySQL, String Literals, Table 11.1. */
        private static int unescaped(byte b) {
            switch (b) {
                case '0':
                    return 0;
                case 'b':
                    return '\b';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'Z':
                    return 26;
                default:
                    return b;
            }
        }

        /** Whether it is a value of an INSERT or REPLACE, without an introducer: dumps write the bytes of binary columns so. */
        private boolean isStored(int quote) {
            int end = quote;
            while (end > 0 && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
                end--;
            }
            boolean value = end > 0 && (bytes[end - 1] == ',' || bytes[end - 1] == '(');
            return value && stores;
        }

        /** Whether the introducer stands before the quote. */
        private boolean isBinary(int quote) {
            int end = quote;
            while (end > 0 && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
                end--;
            }
            int start = end - INTRODUCER.length();
            if (start < 0 || start > 0 && isNamePart(bytes[start - 1])) {
                return false;
            }
            String word = new String(bytes, start, INTRODUCER.length(), StandardCharsets.ISO_8859_1);
            return word.equalsIgnoreCase(INTRODUCER);
        }

        private static boolean isNamePart(byte b) {
            return Character.isLetterOrDigit(b) || b == '_' || b == '$' || b == '@' || b < 0;
        }

        private boolean isDashComment() {
            return at + 2 < bytes.length && bytes[at + 1] == '-' && bytes[at + 2] >= 0 && bytes[at + 2] <= ' ';
        }

        private void skipTo(byte end) {
            at++;
            while (at < bytes.length && bytes[at] != end) {
                at++;
            }
            at++;
        }

        private void skipLine() {
            while (at < bytes.length && bytes[at] != '\n') {
                at++;
            }
        }

        private void skipComment() {
            at += 2;
            while (at < bytes.length && !(bytes[at] == '*' && at + 1 < bytes.length && bytes[at + 1] == '/')) {
                at++;
            }
            at += 2;
        }

        private void copyUpTo(int end) {
            CharBuffer text = decode(bytes, copied, Math.max(copied, end), charset);
            if (text == null) {
                throw VtException.of(
                        Code.INVALID_ARGUMENT,
                        State.UNDEFINED,
                        "Invalid utf8mb4 character string in the statement; write bytes as X'..' or _binary'..' (errno 1300) (sqlstate HY000)");
            }
            out.append(text);
            copied = end;
        }
    }
}
