package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vectors leave open: other input types, errors, verifying, reversing, ranges, costs. */
class FunctionalVindexesTest {
    private static final VindexRegistry REGISTRY = VindexRegistry.load();

    private static SingleColumnVindex vindex(String type) {
        return (SingleColumnVindex) REGISTRY.create(type, type, Map.of());
    }

    private static SqlValue value(String type, String text) {
        return SqlValue.of(SqlType.valueOf(type), text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "binary,0",
        "binary_md5,1",
        "cfc,1",
        "hash,1",
        "null,100",
        "numeric,0",
        "reverse_bits,1",
        "unicode_loose_md5,1",
        "unicode_loose_xxhash,1",
        "xxhash,1"
    })
    void everyFunctionalType_isUniqueAndReportsUnknownParameters(String type, int cost) {
        Vindex vindex = REGISTRY.create(type, "v", Map.of("b", "1", "a", "2"));
        assertThat(vindex.cost()).isEqualTo(cost);
        assertThat(vindex.unique()).isTrue();
        assertThat(vindex.needsVCursor()).isFalse();
        assertThat(vindex.name()).isEqualTo("v");
        assertThat(vindex.type()).isEqualTo(type);
        assertThat(vindex.unknownParams()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hash    | VARCHAR | 1       | 166b40b44aba4bd6",
                "hash    | VARCHAR | \" 1\t\"  | 166b40b44aba4bd6",
                "hash    | VARCHAR | -1      | none",
                "hash    | INT64   | +1      | 166b40b44aba4bd6",
                "hash    | INT64   | \" 1\"  | none",
                "hash    | INT32   | -1      | 355550b2150e2451",
                "hash    | INT64   | 9223372036854775808 | none",
                "hash    | INT64   | -9223372036854775809 | none",
                "hash    | UINT64  | 18446744073709551616 | none",
                "hash    | YEAR    | 1       | 166b40b44aba4bd6",
                "hash    | DECIMAL | 1       | 166b40b44aba4bd6",
                "hash    | DECIMAL | 1.0     | none",
                "hash    | FLOAT64 | 1e3     | none",
                "hash    | HEXNUM  | 0x01    | none",
                "hash    | INT64   | \"\"    | none",
                "hash    | VARCHAR | +1      | none",
                "numeric | VARBINARY | 255   | 00000000000000ff",
                "numeric | INT64   | -1      | none",
                "numeric | UINT64  | 18446744073709551615 | ffffffffffffffff",
                "numeric | UINT64  | 30000000000000000000 | none",
                "reverse_bits | UINT64 | 18446744073709551615 | ffffffffffffffff",
                "reverse_bits | VARCHAR | a | none",
                "xxhash  | VARCHAR | 1       | d46405367612b4b7",
                "xxhash  | HEXNUM  | 0x31    | d46405367612b4b7",
                "xxhash  | BITNUM  | 0b110001 | d46405367612b4b7",
                "binary  | BITNUM  | 0b0     | \"\"",
                "binary  | BITNUM  | 0b1_00000001 | 0101",
                "binary  | HEXVAL  | X''     | \"\"",
                "binary  | JSON    | {}      | 7b7d",
            })
    void map_inputType_isReadAsVitessReadsIt(String type, String inputType, String text, String expected) {
        Destination destination = vindex(type).map(value(inputType, text));
        assertThat(destination).isEqualTo(expected.equals("none") ? None.INSTANCE : KeyspaceId.ofHex(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "hash    | INT64   | -1   | cannot parse uint64 from \"-1\"",
                "hash    | VARCHAR | aa   | cannot parse uint64 from \"aa\"",
                "numeric | FLOAT64 | 1.1  | unparsed tail left after parsing uint64 from \"1.1\": \".1\"",
                "numeric | VARCHAR | 1 x  | unparsed tail left after parsing uint64 from \"1 x\": \"x\"",
                "numeric | UINT64  | 18446744073709551616 | cannot parse uint64 from \"18446744073709551616\": overflow",
                "reverse_bits | VARCHAR | ^^ | cannot parse uint64 from empty string",
                "xxhash  | HEXNUM  | 0x1  | encoding/hex: odd length hex string",
                "xxhash  | HEXNUM  | 0X01 | invalid hex number: [48 88 48 49]",
                "xxhash  | HEXVAL  | x'0g' | encoding/hex: invalid byte: U+0067 'g'",
                "binary  | HEXVAL  | 1    | invalid hex value: [49]",
                "binary  | BITNUM  | 0b2  | invalid bit number: [48 98 50]",
                "binary  | BITNUM  | 0b1_ | invalid bit number: [48 98 49 95]",
                "binary_md5 | EXPRESSION | a | expression cannot be converted to bytes",
                "unicode_loose_xxhash | HEXNUM | 0xff | UnicodeLooseXXHash.Verify: cannot normalize string containing invalid UTF-8: \"\\xff\"",
            })
    void verify_badValue_throws(String type, String inputType, String text, String message) {
        assertThatThrownBy(() -> vindex(type).verify(value(inputType, text), KeyspaceId.ofHex("00")))
                .isInstanceOf(VtException.class)
                .hasMessage(message);
    }

    @Test
    void verify_null_isAnErrorForNumbersOnly() {
        assertThatThrownBy(() -> vindex("hash").verify(SqlValue.NULL, KeyspaceId.ofHex("00")))
                .hasMessage("cannot parse uint64 from empty string");
        assertThat(vindex("null").verify(SqlValue.NULL, KeyspaceId.ofHex("00"))).isTrue();
        assertThat(vindex("null").verify(SqlValue.NULL, KeyspaceId.ofHex("0000")))
                .isFalse();
        assertThat(vindex("binary").verify(SqlValue.NULL, KeyspaceId.ofHex(""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "numeric", "reverse_bits"})
    void reverseMap_everyNumber_givesItBack(String type) {
        SingleColumnVindex vindex = vindex(type);
        Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            SqlValue number = SqlValue.uint64(random.nextLong() >>> random.nextInt(64));
            KeyspaceId id = (KeyspaceId) vindex.map(number);
            assertThat(((Reversible) vindex).reverseMap(id)).isEqualTo(number);
            assertThat(vindex.verify(number, id)).isTrue();
            byte[] other = id.bytes().clone();
            other[random.nextInt(8)]++;
            assertThat(vindex.verify(number, KeyspaceId.of(other))).isFalse();
        }
    }

    @Test
    void reverseMap_binary_givesTheBytes() {
        Random random = new Random(43);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            SqlValue value = SqlValue.varbinary(bytes);
            KeyspaceId id = (KeyspaceId) vindex("binary").map(value);
            assertThat(((Reversible) vindex("binary")).reverseMap(id)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hash,invalid keyspace id: 0102",
        "reverse_bits,invalid keyspace id: 0102",
        "numeric,Numeric.ReverseMap: length of keyspaceId is not 8: 2"
    })
    void reverseMap_otherLength_throws(String type, String message) {
        assertThatThrownBy(() -> ((Reversible) vindex(type)).reverseMap(KeyspaceId.ofHex("0102")))
                .isInstanceOf(VtException.class)
                .hasMessage(message);
    }

    @Test
    void rangeMap_numbers_isHalfOpen() {
        KeyRange range = ((Sequential) vindex("numeric")).rangeMap(SqlValue.int64(1), SqlValue.int64(256));
        assertThat(range).hasToString("0000000000000001-0000000000000100");
        assertThat(range.contains((KeyspaceId) vindex("numeric").map(SqlValue.int64(256))))
                .isFalse();
        assertThatThrownBy(() -> ((Sequential) vindex("numeric")).rangeMap(SqlValue.int64(-1), SqlValue.int64(1)))
                .hasMessage("cannot parse uint64 from \"-1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "crc32 | 1 | invalid hash crc32 to CFC vindex c",
                "md5 | ^^ | CFC vindex requires offsets when hash is defined",
                "md5 | [2,2] | invalid offsets [2,2] to CFC vindex c. expected sorted positive ints in brackets",
                "md5 | [] | invalid offsets [] to CFC vindex c. expected sorted positive ints in brackets",
                "md5 | [0,1] | invalid offsets [0,1] to CFC vindex c. expected sorted positive ints in brackets",
                "md5 | [1.5] | invalid offsets [1.5] to CFC vindex c. expected sorted positive ints in brackets",
                "md5 | 3 | invalid offsets 3 to CFC vindex c. expected sorted positive ints in brackets",
                "md5 | [1 | invalid offsets [1 to CFC vindex c. expected sorted positive ints in brackets",
            })
    void cfc_badParameters_areRefused(String hash, String offsets, String message) {
        assertThatThrownBy(() -> REGISTRY.create("cfc", "c", Map.of("hash", hash, "offsets", offsets)))
                .hasMessage(message)
                .extracting(e -> ((VtException) e).code())
                .isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void cfc_prefixVindex_isNotUniqueAndCostsItsOffsets() {
        Vindex plain = ((Prefixable) REGISTRY.create("cfc", "c", Map.of())).prefixVindex();
        Vindex hashed =
                ((Prefixable) REGISTRY.create("cfc", "c", Map.of("hash", "md5", "offsets", "[1,2,4]"))).prefixVindex();
        assertThat(plain.cost()).isEqualTo(2);
        assertThat(hashed.cost()).isEqualTo(3);
        assertThat(hashed.unique()).isFalse();
        assertThat(REGISTRY.create("cfc", "c", Map.of("offsets", "rubbish")).unknownParams())
                .isEmpty();
    }

    @Test
    void recommended_byColumnType() {
        assertThat(VindexRegistry.recommended(SqlType.INT32)).isEqualTo("xxhash");
        assertThat(VindexRegistry.recommended(SqlType.VARBINARY)).isEqualTo("xxhash");
        assertThat(VindexRegistry.recommended(SqlType.VARCHAR)).isEqualTo("unicode_loose_xxhash");
        assertThatThrownBy(() -> VindexRegistry.recommended(SqlType.FLOAT64))
                .hasMessage("type FLOAT64 is not recommended for a vindex");
    }
}
