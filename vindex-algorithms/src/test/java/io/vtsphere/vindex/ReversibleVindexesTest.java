package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Mapping and reversing undo each other, for every type that can be reversed. */
class ReversibleVindexesTest {
    private static final VindexRegistry REGISTRY = VindexRegistry.load();
    private static final int TRIES = 20_000;

    static List<String> overNumbers() {
        return List.of("hash", "numeric", "reverse_bits");
    }

    private static SingleColumnVindex vindex(String type) {
        return (SingleColumnVindex) REGISTRY.create(type, type, Map.of());
    }

    @Test
    void reversibleTypes_areTheseAndBinary() {
        assertThat(REGISTRY.types().stream()
                        .filter(type -> !List.of("multicol", "numeric_static_map", "region_experimental", "region_json")
                                .contains(type))
                        .filter(type -> REGISTRY.create(type, type, Map.of()) instanceof Reversible))
                .containsExactly("binary", "hash", "numeric", "reverse_bits");
    }

    @ParameterizedTest
    @MethodSource("overNumbers")
    void everyNumber_comesBackAsUnsigned(String type) {
        SingleColumnVindex vindex = vindex(type);
        Random random = new Random(type.hashCode());
        for (int i = 0; i < TRIES; i++) {
            SqlValue number = SqlValue.uint64(random.nextLong() >>> random.nextInt(64));
            KeyspaceId id = (KeyspaceId) vindex.map(number);
            assertThat(id.bytes()).hasSize(8);
            assertThat(((Reversible) vindex).reverseMap(id)).isEqualTo(number);
            assertThat(vindex.verify(number, id)).isTrue();
            KeyspaceId other = KeyspaceId.ofLong(Bytes.getLong(id.bytes(), 0) ^ 1L << random.nextInt(64));
            assertThat(vindex.verify(number, other)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("overNumbers")
    void everyIdOfEightBytes_isThatOfOneNumber(String type) {
        SingleColumnVindex vindex = vindex(type);
        Random random = new Random(~type.hashCode());
        for (int i = 0; i < TRIES; i++) {
            KeyspaceId id = KeyspaceId.ofLong(random.nextLong());
            assertThat(vindex.map(((Reversible) vindex).reverseMap(id))).isEqualTo(id);
        }
    }

    @Test
    void hash_negativeNumbersComeBackAsTheirTwosComplement() {
        Random random = new Random(3);
        for (int i = 0; i < TRIES; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            KeyspaceId id = (KeyspaceId) vindex("hash").map(SqlValue.int64(number));
            assertThat(((Reversible) vindex("hash")).reverseMap(id)).isEqualTo(SqlValue.uint64(number));
        }
    }

    @Test
    void binary_everyIdComesBack() {
        SingleColumnVindex vindex = vindex("binary");
        Random random = new Random(4);
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            SqlValue value = ((Reversible) vindex).reverseMap(KeyspaceId.of(bytes));
            assertThat(value.type()).isEqualTo(SqlType.VARBINARY);
            assertThat(vindex.map(value)).isEqualTo(KeyspaceId.of(bytes));
        }
    }

    /** The order of the values is that of their ids, which is what a range of values relies on. */
    @Test
    void numericAndBinary_keepTheOrder() {
        Random random = new Random(5);
        for (int i = 0; i < TRIES; i++) {
            long a = random.nextLong() >>> random.nextInt(64);
            long b = random.nextLong() >>> random.nextInt(64);
            long middle = Long.compareUnsigned(a, b) <= 0 ? a : b;
            KeyRange range = ((Sequential) vindex("numeric")).rangeMap(SqlValue.uint64(a), SqlValue.uint64(b));
            boolean inside = Long.compareUnsigned(a, middle) <= 0 && Long.compareUnsigned(middle, b) < 0;
            boolean open = b == 0;
            assertThat(range.contains((KeyspaceId) vindex("numeric").map(SqlValue.uint64(middle))))
                    .as("%s of %s", Long.toUnsignedString(middle), range)
                    .isEqualTo(inside || (open && middle == a));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hash, '', invalid keyspace id: ",
        "hash, 8080808080808080ff, invalid keyspace id: 8080808080808080ff",
        "numeric, 80, Numeric.ReverseMap: length of keyspaceId is not 8: 1",
        "numeric, 000000000000000000, Numeric.ReverseMap: length of keyspaceId is not 8: 9",
        "reverse_bits, 8000, invalid keyspace id: 8000"
    })
    void idOfAnotherLength_isRefusedWithVitessText(String type, String id, String error) {
        assertThatThrownBy(() -> ((Reversible) vindex(type)).reverseMap(KeyspaceId.ofHex(id)))
                .isInstanceOf(VtException.class)
                .hasMessage(error.stripTrailing().endsWith(":") ? "invalid keyspace id: " : error);
    }
}
