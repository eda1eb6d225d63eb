package io.vtsphere.executor.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.planner.Aggregation;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.VtException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergingTest {
    private static final List<SqlType> TYPES = List.of(
            SqlType.INT64,
            SqlType.UINT64,
            SqlType.DECIMAL,
            SqlType.FLOAT64,
            SqlType.TIME,
            SqlType.DATETIME,
            SqlType.VARBINARY);

    private static Query.Field field(SqlType type) {
        return Query.Field.newBuilder()
                .setName(type.name())
                .setTypeValue(type.number())
                .build();
    }

    private static Query.Row row(@Nullable String... values) {
        List<@Nullable ByteString> cells = new ArrayList<>();
        for (String value : values) {
            cells.add(value == null ? null : ByteString.copyFromUtf8(value));
        }
        return Cells.row(cells);
    }

    private static @Nullable String text(Query.Row row, int column) {
        ByteString cell = Cells.get(row, column);
        return cell == null ? null : cell.toStringUtf8();
    }

    private static List<String> texts(List<Query.Row> rows) {
        return rows.stream().map(row -> String.valueOf(text(row, 0))).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void merge_ofSortedParts_equalsSortingEverything(long seed) {
        Random random = new Random(seed);
        List<Query.Field> fields = TYPES.stream().map(MergingTest::field).toList();
        List<OrderKey> order = randomKeys(random);
        Comparator<Query.Row> naive = naive(order);
        int shards = 1 + random.nextInt(5);
        List<List<Query.Row>> parts = new ArrayList<>();
        List<Query.Row> all = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            List<Query.Row> part = new ArrayList<>();
            for (int n = random.nextInt(40); n > 0; n--) {
                part.add(randomRow(random));
            }
            part.sort(naive);
            parts.add(part);
            all.addAll(part);
        }
        all.sort(naive);

        List<Query.Row> merged = Merging.merge(parts, order, fields);

        assertThat(merged).as("seed %d, order %s", seed, order).isEqualTo(all);
        assertThat(Merging.sort(all, order, fields)).isEqualTo(all);
    }

    private static List<OrderKey> randomKeys(Random random) {
        List<OrderKey> keys = new ArrayList<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            keys.add(new OrderKey(random.nextInt(TYPES.size()), OrderKey.NONE, random.nextBoolean()));
        }
        return keys;
    }

    private static Query.Row randomRow(Random random) {
        String[] values = new String[TYPES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(6) == 0 ? null : randomValue(TYPES.get(i), random);
        }
        return row(values);
    }

    private static String randomValue(SqlType type, Random random) {
        return switch (type) {
            case INT64 -> Long.toString(random.nextBoolean() ? random.nextInt(9) - 4 : random.nextLong());
            case UINT64 -> Long.toUnsignedString(random.nextBoolean() ? random.nextInt(5) : random.nextLong());
            case DECIMAL ->
                BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(3))
                        .toPlainString();
            case FLOAT64 -> Double.toString((random.nextInt(9) - 4) / 4.0);
            case TIME ->
                String.format(
                        Locale.ROOT,
                        "%s%02d:%02d:%02d",
                        random.nextBoolean() ? "-" : "",
                        random.nextInt(839),
                        random.nextInt(60),
                        random.nextInt(60));
            case DATETIME ->
                String.format(Locale.ROOT, "20%02d-0%d-01 00:00:00", random.nextInt(30), 1 + random.nextInt(9));
            default -> "xyz\u0080".substring(random.nextInt(5));
        };
    }

    /** Compares by decoding each value anew, by another way than the code under test. */
    private static Comparator<Query.Row> naive(List<OrderKey> keys) {
        return (left, right) -> {
            for (OrderKey key : keys) {
                String a = text(left, key.column());
                String b = text(right, key.column());
                int order = a == null || b == null
                        ? Boolean.compare(a != null, b != null)
                        : compare(TYPES.get(key.column()), a, b);
                if (order != 0) {
                    return key.descending() ? -order : order;
                }
            }
            return 0;
        };
    }

    private static int compare(SqlType type, String a, String b) {
        return switch (type) {
            case INT64, UINT64 -> new BigInteger(a).compareTo(new BigInteger(b));
            case DECIMAL, FLOAT64 -> new BigDecimal(a).compareTo(new BigDecimal(b));
            case TIME -> Long.compare(seconds(a), seconds(b));
            case DATETIME -> a.compareTo(b);
            default ->
                Arrays.compareUnsigned(
                        ByteString.copyFromUtf8(a).toByteArray(),
                        ByteString.copyFromUtf8(b).toByteArray());
        };
    }

    private static long seconds(String time) {
        String[] parts = time.replace("-", "").split(":", -1);
        long seconds =
                Integer.parseInt(parts[0]) * 3600L + Integer.parseInt(parts[1]) * 60L + Integer.parseInt(parts[2]);
        return time.startsWith("-") ? -seconds : seconds;
    }

    @Test
    void text_isComparedByItsWeight_notByItsBytes() {
        List<Query.Field> fields = List.of(field(SqlType.VARCHAR), field(SqlType.VARBINARY));
        List<OrderKey> byWeight = List.of(new OrderKey(-2, -1, false));
        List<Query.Row> left = List.of(row("b", "2"), row("C", "3"));
        List<Query.Row> right = List.of(row(null, null), row("A", "1"), row("B", "2"));

        assertThat(texts(Merging.merge(List.of(left, right), byWeight, fields)))
                .containsExactly("null", "A", "b", "B", "C");
        assertThat(texts(Merging.distinct(List.of(row("b", "2"), row("B", "2"), row("a", "1")), byWeight, fields)))
                .containsExactly("b", "a");
    }

    @Test
    void text_withoutWeight_isRefused() {
        List<Query.Field> fields = List.of(field(SqlType.VARCHAR));
        List<OrderKey> order = List.of(new OrderKey(0, OrderKey.NONE, false));

        assertThatThrownBy(() -> Merging.merge(List.of(List.of(row("a")), List.of(row("b"))), order, fields))
                .isInstanceOf(VtException.class)
                .hasMessageContaining("VT12001: unsupported: comparing values of column 'VARCHAR' (VARCHAR)");
    }

    @Test
    void aggregates_withoutRows() {
        List<Query.Field> fields = List.of(field(SqlType.INT64), field(SqlType.DECIMAL), field(SqlType.INT64));
        List<Aggregation> aggregates = List.of(
                new Aggregation(Aggregation.Op.COUNT_STAR, 0, OrderKey.NONE, "count(*)"),
                new Aggregation(Aggregation.Op.SUM, 1, OrderKey.NONE, "sum(a)"),
                new Aggregation(Aggregation.Op.MAX, 2, OrderKey.NONE, "max(b)"));

        assertThat(new Aggregator(aggregates, List.of(), fields).aggregate(List.of()))
                .containsExactly(row("0", null, null));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aggregates_overGroups_equalTheNaiveModel(long seed) {
        Random random = new Random(seed);
        List<Query.Field> fields =
                List.of(field(SqlType.INT64), field(SqlType.INT64), field(SqlType.DECIMAL), field(SqlType.UINT64));
        List<Aggregation> aggregates = List.of(
                new Aggregation(Aggregation.Op.COUNT, 1, OrderKey.NONE, "c"),
                new Aggregation(Aggregation.Op.SUM, 2, OrderKey.NONE, "s"),
                new Aggregation(Aggregation.Op.MIN, 3, OrderKey.NONE, "m"));
        List<Query.Row> rows = new ArrayList<>();
        TreeMap<Long, Model> models = new TreeMap<>();
        for (int n = random.nextInt(200); n > 0; n--) {
            long group = random.nextInt(10);
            long count = random.nextInt(1000);
            BigDecimal sum = random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(), 2);
            String unsigned = random.nextInt(4) == 0 ? null : Long.toUnsignedString(random.nextLong());
            rows.add(row(
                    Long.toString(group), Long.toString(count), sum == null ? null : sum.toPlainString(), unsigned));
            models.computeIfAbsent(group, unused -> new Model()).add(count, sum, unsigned);
        }
        List<OrderKey> keys = List.of(new OrderKey(0, OrderKey.NONE, false));
        List<Query.Row> sorted = Merging.sort(rows, keys, fields);

        List<Query.Row> expected = new ArrayList<>();
        models.forEach((group, model) -> expected.add(row(
                Long.toString(group),
                Long.toString(model.count),
                model.sum == null ? null : model.sum.toPlainString(),
                model.min == null ? null : model.min.toString())));
        assertThat(new Aggregator(aggregates, keys, fields).aggregate(sorted))
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    private static final class Model {
        long count;

        @Nullable
        BigDecimal sum;

        @Nullable
        BigInteger min;

        void add(long c, @Nullable BigDecimal s, @Nullable String m) {
            count += c;
            if (s != null) {
                sum = sum == null ? s : sum.add(s);
            }
            if (m != null) {
                BigInteger value = new BigInteger(m);
                min = min == null ? value : min.min(value);
            }
        }
    }

    @Test
    void sum_ofDecimals_isExactWhereDoublesAreNot() {
        List<Query.Field> fields = List.of(field(SqlType.DECIMAL));
        Aggregator sum =
                new Aggregator(List.of(new Aggregation(Aggregation.Op.SUM, 0, OrderKey.NONE, "s")), List.of(), fields);

        assertThat(sum.aggregate(List.of(row("12345678901234567890.01"), row("0.09"), row("0.20"))))
                .containsExactly(row("12345678901234567890.30"));
    }

    @Test
    void average_hasFourMoreDigitsAndRoundsHalfUp() {
        List<Query.Field> fields = List.of(field(SqlType.DECIMAL), field(SqlType.INT64));
        Aggregator average =
                new Aggregator(List.of(new Aggregation(Aggregation.Op.AVG, 0, 1, "avg(x)")), List.of(), fields);

        assertThat(average.aggregate(List.of(row("10", "2"), row(null, "0"), row("10", "1"))))
                .containsExactly(row("6.6667", "2"));
        assertThat(average.fields().get(0).getDecimals()).isEqualTo(4);
        assertThat(average.fields().get(0).getName()).isEqualTo("avg(x)");
    }

    /** Six digits of a FLOAT do not tell whether two are equal; the greatest looks right all the same. */
    @Test
    void floats_areNotComparedByWhatTheyShow() {
        List<Query.Field> fields = List.of(field(SqlType.FLOAT32));
        List<Query.Row> rows = List.of(row("16777200"), row("16777200"));

        assertThatThrownBy(() -> Merging.distinct(rows, List.of(new OrderKey(0, OrderKey.NONE, false)), fields))
                .hasMessageContaining("FLOAT32");
        assertThat(extreme(Aggregation.Op.MAX, fields).aggregate(rows)).containsExactly(row("16777200"));
    }

    @Test
    void extremesOfBits_areRefused() {
        assertThatThrownBy(() -> extreme(Aggregation.Op.MAX, List.of(field(SqlType.BIT)))
                        .aggregate(List.of(row("65"), row("255"))))
                .hasMessageContaining("BIT");
    }

    private static Aggregator extreme(Aggregation.Op op, List<Query.Field> fields) {
        return new Aggregator(List.of(new Aggregation(op, 0, OrderKey.NONE, "m")), List.of(), fields);
    }

    @Test
    void count_thatDoesNotFit_isAnError() {
        Aggregator count = new Aggregator(
                List.of(new Aggregation(Aggregation.Op.COUNT, 0, OrderKey.NONE, "c")),
                List.of(),
                List.of(field(SqlType.INT64)));

        assertThatThrownBy(() -> count.aggregate(List.of(row(Long.toString(Long.MAX_VALUE)), row("1"))))
                .isInstanceOf(VtException.class)
                .hasMessage("BIGINT value is out of range");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-1.5, -1.5",
        "0.1, 0.1",
        "1e14, 100000000000000",
        "1e15, 1e15",
        "123456789012345, 123456789012345",
        "1.2345678901234568e17, 1.2345678901234568e17",
        "1e-5, 0.00001",
        "1e-16, 1e-16",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "0.3333333333333333, 0.3333333333333333",
        "2.5e-20, 2.5e-20"
    })
    void doubles_printAsMySqlPrintsThem(double value, String expected) {
        assertThat(Numbers.text(value).toStringUtf8()).isEqualTo(expected);
    }
}
