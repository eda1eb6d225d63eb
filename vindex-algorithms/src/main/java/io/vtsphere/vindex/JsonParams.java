package io.vtsphere.vindex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** JSON in parameters: small documents that are read once, when a VSchema is loaded. */
final class JsonParams {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

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
            return Files.readString(Path.of(path));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw VtException.of(Code.UNKNOWN, "open " + path + ": no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw VtException.of(Code.UNKNOWN, "open " + path + ": permission denied", e);
        } catch (IOException e) {
            throw VtException.of(Code.UNKNOWN, "read " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * An object whose values are unsigned numbers of 64 bits; a null value counts as 0, as for Go's {@code encoding/json}.
     *
     * @throws VtException UNKNOWN if it is anything else
     */
    static Map<String, Long> numbers(String json) {
        JsonNode node = parse(json);
        Map<String, Long> numbers = new HashMap<>();
        if (node.isNull()) {
            return numbers;
        }
        if (!node.isObject()) {
            throw mismatch(node, "map[string]uint64");
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            numbers.put(field.getKey(), number(field.getValue()));
        }
        return numbers;
    }

    private static long number(JsonNode node) {
        if (node.isNull()) {
            return 0;
        }
        if (!node.isIntegralNumber()
                || node.bigIntegerValue().signum() < 0
                || node.bigIntegerValue().compareTo(MAX) > 0) {
            throw mismatch(node, "uint64");
        }
        return node.bigIntegerValue().longValue();
    }

    private static VtException mismatch(JsonNode node, String wanted) {
        String kind = node.getNodeType().name().toLowerCase(Locale.ROOT);
        String what = node.isNumber() ? "number " + node.asText() : node.isBoolean() ? "bool" : kind;
        return VtException.of(Code.UNKNOWN, "json: cannot unmarshal " + what + " into Go value of type " + wanted);
    }

    /**
     * Any one document.
     *
     * @throws VtException UNKNOWN if the text is not one
     */
    static JsonNode parse(String json) {
        try {
            JsonNode node = READER.readTree(json);
            if (!node.isMissingNode()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw VtException.of(Code.UNKNOWN, "invalid JSON: " + e.getOriginalMessage(), e);
        }
        throw VtException.of(Code.UNKNOWN, "unexpected end of JSON input");
    }
}
