package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code unicode_loose_*} takes for the same text, and what not. */
class LooseEqualityTest {
    private static SingleColumnVindex vindex(String type) {
        return (SingleColumnVindex) VindexRegistry.load().create(type, type, Map.of());
    }

    private static Destination map(SingleColumnVindex vindex, String text) {
        return vindex.map(SqlValue.varchar(text));
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("abcdefghijklmnopqrstuvwxyz0123456789 -_.,".charAt(random.nextInt(41)));
        }
        return word.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unicode_loose_md5", "unicode_loose_xxhash"})
    void caseAccentsAndTrailingBlanks_doNotCount(String type) {
        SingleColumnVindex vindex = vindex(type);
        Random random = new Random(16);
        String[] accents = {"", "\u0301", "\u0308", "\u0327", "\u0301\u0323"};
        for (int i = 0; i < 5_000; i++) {
            String word = word(random, random.nextInt(12));
            StringBuilder loose = new StringBuilder();
            for (char character : word.toCharArray()) {
                loose.append(random.nextBoolean() ? Character.toUpperCase(character) : character);
                loose.append(character >= 'a' ? accents[random.nextInt(accents.length)] : "");
            }
            loose.append(" ".repeat(random.nextInt(3)));
            assertThat(map(vindex, loose.toString()))
                    .as("seed 16: '%s' as '%s'", loose, word)
                    .isEqualTo(map(vindex, word));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unicode_loose_md5", "unicode_loose_xxhash"})
    void wordsThatDifferOtherwise_haveOtherIds(String type) {
        SingleColumnVindex vindex = vindex(type);
        Random random = new Random(17);
        Set<String> words = new HashSet<>();
        Set<Destination> ids = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            String word = word(random, 1 + random.nextInt(12)).stripTrailing();
            words.add(word);
            ids.add(map(vindex, word));
        }
        assertThat(ids).hasSameSizeAs(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unicode_loose_md5", "unicode_loose_xxhash"})
    void leadingBlanksTabsAndPunctuation_count(String type) {
        SingleColumnVindex vindex = vindex(type);
        List<Destination> ids = new ArrayList<>();
        for (String text : List.of("a", " a", "a\t", "a.", "a-", "a_", "a b", "ab", "\ta", "")) {
            ids.add(map(vindex, text));
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(map(vindex, "a\u0000\u200b")).as("controls weigh nothing").isEqualTo(map(vindex, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unicode_loose_md5", "unicode_loose_xxhash"})
    void composedAndDecomposedText_isTheSame(String type) {
        SingleColumnVindex vindex = vindex(type);
        for (String text : List.of("Å", "ñandú", "Ελλάδα", "żółw", "한국어", "が", "ﬁn", "Ⅷ", "①", "ｆｕｌｌ")) {
            for (java.text.Normalizer.Form form : java.text.Normalizer.Form.values()) {
                assertThat(map(vindex, java.text.Normalizer.normalize(text, form)))
                        .as("%s of %s", form, text)
                        .isEqualTo(map(vindex, text));
            }
            assertThat(map(vindex, text.toUpperCase(Locale.ROOT)))
                    .isEqualTo(map(vindex, text.toLowerCase(Locale.ROOT)));
        }
    }

    /** The type of the value does not matter, only its bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"unicode_loose_md5", "unicode_loose_xxhash"})
    void theSameBytesOfOtherTypes_areTheSame(String type) {
        SingleColumnVindex vindex = vindex(type);
        byte[] text = "Tést".getBytes(StandardCharsets.UTF_8);
        for (SqlType sqlType :
                List.of(SqlType.TEXT, SqlType.CHAR, SqlType.VARBINARY, SqlType.BLOB, SqlType.JSON, SqlType.ENUM)) {
            assertThat(vindex.map(SqlValue.of(sqlType, text))).isEqualTo(map(vindex, "test"));
        }
        assertThat(vindex.map(SqlValue.NULL)).isEqualTo(map(vindex, ""));
        assertThat(vindex.map(SqlValue.int64(12))).isEqualTo(map(vindex, "12"));
        assertThat(vindex.verify(SqlValue.varchar("TEST "), (KeyspaceId) map(vindex, "test")))
                .isTrue();
    }
}
