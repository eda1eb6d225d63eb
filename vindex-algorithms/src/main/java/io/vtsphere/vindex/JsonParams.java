package io.vtsphere.vindex;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vtsphere.text.GoJson;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** JSON in parameters: small documents that are read once, when a VSchema is loaded. */
final class JsonParams {
    /** As deep as Go reads; numbers of any length, since those that are too big get the same answer as there. */
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private JsonParams() {}

    /**
     * The text of a file.
     *
     * @throws VtException UNKNOWN, with the path, if it cannot be read
     */
    static String readFile(String path) {
        if (path.isEmpty()) {
            throw VtException.of(Code.UNKNOWN, "open : no such file or directory");
        }
        try {
            return new String(Files.readAllBytes(Path.of(path)), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw VtException.of(Code.UNKNOWN, "open " + path + ": no such file or directory", e);
        } catch (InvalidPathException e) {
            throw VtException.of(Code.UNKNOWN, "open " + path + ": invalid argument", e);
        } catch (AccessDeniedException e) {
            throw VtException.of(Code.UNKNOWN, "open " + path + ": permission denied", e);
        } catch (FileSystemException e) {
            throw VtException.of(Code.UNKNOWN, "open " + path + ": " + lower(String.valueOf(e.getReason())), e);
        } catch (IOException e) {
            // Such as of a directory, which can be opened.
            throw VtException.of(Code.UNKNOWN, "read " + path + ": " + lower(String.valueOf(e.getMessage())), e);
        }
    }

    private static String lower(String reason) {
        return reason.toLowerCase(Locale.ROOT);
    }

    /**
     * An object whose values are unsigned numbers of 64 bits; a null value counts as 0, as for Go's {@code encoding/json}.
     *
     * @throws VtException UNKNOWN, with Go's text, if it is anything else
     */
    static Map<String, Long> numbers(String json) {
        requireSyntax(json);
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.VALUE_NULL) {
                return numbers;
            }
            if (first != JsonToken.START_OBJECT) {
                throw mismatch(kind(first), "map[string]uint64");
            }
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                numbers.put(key, number(parser.nextToken(), parser.getText()));
            }
            return numbers;
        } catch (IOException e) {
            throw VtException.of(Code.UNKNOWN, "invalid JSON: " + e.getMessage(), e);
        }
    }

    private static long number(JsonToken token, String text) {
        if (token == JsonToken.VALUE_NULL) {
            return 0;
        }
        if (!token.isNumeric()) {
            throw mismatch(kind(token), "uint64");
        }
        if (!Params.isUnsigned(text)) {
            throw mismatch("number " + text, "uint64");
        }
        return Params.unsigned(text);
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            default -> "number";
        };
    }

    private static VtException mismatch(String what, String wanted) {
        return VtException.of(Code.UNKNOWN, "json: cannot unmarshal " + what + " into Go value of type " + wanted);
    }

    /**
     * Any one document.
     *
     * @throws VtException UNKNOWN, with Go's text, if the text is not one
     */
    static JsonNode parse(String json) {
        requireSyntax(json);
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw VtException.of(Code.UNKNOWN, "invalid JSON: " + e.getMessage(), e);
        }
    }

    private static void requireSyntax(String json) {
        String error = GoJson.syntaxError(json);
        if (error != null) {
            throw VtException.of(Code.UNKNOWN, error);
        }
    }
}
