package io.vtsphere.executor.gather;

import com.google.protobuf.ByteString;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look at values of two columns under which those that MySQL takes for equal are the same; others may be too. Immutable and thread-safe.
 */
public interface KeyForm {
    /** The form of a value as it was read; null where nothing can be told. */
    @Nullable
    ByteString of(ByteString value);

    /** The form of two columns; null where equal values may look different. */
    static @Nullable KeyForm of(GatheredColumn one, GatheredColumn other) {
        if (one.isInteger() && other.isInteger()) {
            return value -> value;
        }
        if (one.isBytes() && other.isBytes()) {
            return value -> value;
        }
        String collation = one.collation();
        if (!one.isText() || !other.isText() || collation == null || !collation.equals(other.collation())) {
            return null;
        }
        if (collation.endsWith("_bin")) {
            return KeyForm::withoutSpaces;
        }
        return Folding.PLAIN.contains(collation) ? Folding::of : null;
    }

    /** Most collations take texts for equal that differ in spaces at the end. */
    private static ByteString withoutSpaces(ByteString value) {
        int end = value.size();
        while (end > 0 && value.byteAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(0, end);
    }

    /** Letters and digits of ASCII, of which some collations take nothing for equal but upper and lower case. */
    final class Folding {
        /** Without contractions such as Hungarian's {@code ccs}. */
        private static final Set<String> PLAIN = Set.of(
                "utf8mb4_0900_ai_ci",
                "utf8mb4_general_ci",
                "utf8mb4_unicode_ci",
                "utf8_general_ci",
                "utf8_unicode_ci",
                "utf8mb3_general_ci",
                "latin1_swedish_ci");

        private Folding() {}

        private static @Nullable ByteString of(ByteString value) {
            byte[] form = withoutSpaces(value).toByteArray();
            for (int i = 0; i < form.length; i++) {
                boolean upper = form[i] >= 'A' && form[i] <= 'Z';
                boolean plain = upper || (form[i] >= 'a' && form[i] <= 'z') || (form[i] >= '0' && form[i] <= '9');
                if (!plain) {
                    return null;
                }
                form[i] = upper ? (byte) (form[i] + ('a' - 'A')) : form[i];
            }
            return ByteString.copyFrom(form);
        }
    }
}
