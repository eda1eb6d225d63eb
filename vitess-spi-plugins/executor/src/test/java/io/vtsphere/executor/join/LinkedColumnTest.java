package io.vtsphere.executor.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.JoinColumn;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkedColumnTest {
    private static Query.Field.Builder field(SqlType type) {
        return Query.Field.newBuilder().setName("c").setTypeValue(type.number()).setCharset(63);
    }

    private static LinkedColumn number(Query.Field.Builder field) {
        return LinkedColumn.of(new JoinColumn(0, OrderKey.NONE, OrderKey.NONE), List.of(field.build()));
    }

    private static LinkedColumn text() {
        Query.Field text = field(SqlType.VARCHAR).setCharset(255).build();
        return LinkedColumn.of(new JoinColumn(-3, -2, -1), List.of(text, text, text));
    }

    private static Query.Row row(@Nullable String... values) {
        List<@Nullable ByteString> cells = new ArrayList<>();
        for (String value : values) {
            cells.add(value == null ? null : ByteString.copyFromUtf8(value));
        }
        return Cells.row(cells);
    }

    @Test
    void integers_areEqualByTheirNumber_whateverTheirTypesAndZeros() {
        LinkedColumn signed = number(field(SqlType.INT32));
        LinkedColumn unsigned = number(field(SqlType.UINT64));

        assertThat(signed.key(row("00042"))).isEqualTo(unsigned.key(row("42")));
        assertThat(signed.key(row("-1"))).isNotEqualTo(unsigned.key(row("18446744073709551615")));
        assertThat(number(field(SqlType.INT64)).key(row("9223372036854775807")))
                .isEqualTo(unsigned.key(row("9223372036854775807")));
        assertThat(signed.key(row((String) null))).isNull();
        assertThat(signed.value(row("00042"))).isEqualTo(SqlValue.int64(42));
        assertThat(unsigned.value(row("18446744073709551615"))).isEqualTo(SqlValue.uint64(-1));
        assertThatCode(() -> signed.requireAlike(unsigned, false)).doesNotThrowAnyException();
    }

    @Test
    void decimals_areOfOneScale_bytesOfOneKind_timesOfOnePrecision() {
        assertThatCode(() -> number(field(SqlType.DECIMAL).setDecimals(2))
                        .requireAlike(number(field(SqlType.DECIMAL).setDecimals(2)), false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> number(field(SqlType.DECIMAL).setDecimals(2))
                        .requireAlike(number(field(SqlType.DECIMAL).setDecimals(3)), false))
                .hasMessageContaining(
                        "join of rows of several shards by column 'c' (DECIMAL) and column 'c' (DECIMAL)");
        assertThatThrownBy(() -> number(field(SqlType.DATETIME))
                        .requireAlike(number(field(SqlType.DATETIME).setDecimals(6)), false))
                .hasMessageContaining("VT12001");
        assertThatThrownBy(() -> number(field(SqlType.BINARY).setColumnLength(3))
                        .requireAlike(number(field(SqlType.BINARY).setColumnLength(4)), false))
                .hasMessageContaining("VT12001");
        assertThatThrownBy(() -> number(field(SqlType.BINARY)).requireAlike(number(field(SqlType.VARBINARY)), false))
                .hasMessageContaining("VT12001");
        assertThatCode(() -> number(field(SqlType.BLOB)).requireAlike(number(field(SqlType.VARBINARY)), false))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = SqlType.class,
            names = {"FLOAT32", "FLOAT64", "TIME", "TIMESTAMP", "YEAR", "ENUM", "SET", "BIT", "JSON", "GEOMETRY"})
    void otherTypes_areRefused(SqlType type) {
        assertThatThrownBy(() -> number(field(type)))
                .hasMessage("VT12001: unsupported: join of rows of several shards by column 'c' (" + type + ")");
    }

    @Test
    void datesThatNoLiteralIs_areRefused() {
        LinkedColumn date = number(field(SqlType.DATE));

        assertThat(date.value(row("2020-10-01")))
                .isEqualTo(SqlValue.of(SqlType.DATE, "2020-10-01".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> date.key(row("0000-00-00"))).hasMessageContaining("'0000-00-00'");
        assertThatThrownBy(() -> date.key(row("2020-10-00"))).hasMessageContaining("'2020-10-00'");
    }

    @Test
    void texts_areEqualUnderOneCollation() {
        LinkedColumn one = text();
        LinkedColumn other = text();

        assertThat(one.key(row("a", "\0A", "utf8mb4_general_ci")))
                .isEqualTo(other.key(row("A ", "\0A\0 ", "utf8mb4_general_ci")));
        assertThat(one.isText()).isTrue();
        assertThatCode(() -> one.requireAlike(other, false)).doesNotThrowAnyException();

        LinkedColumn third = text();
        third.key(row("a", "a", "utf8mb4_0900_ai_ci"));
        assertThatThrownBy(() -> one.requireAlike(third, false)).hasMessageContaining("VT12001");
        assertThatThrownBy(() -> one.requireAlike(third, true)).hasMessageContaining("VT12001");
    }

    @Test
    void textsOfACollationThatNoRowTold_areRefused_whereTheVSchemaDoesNotTellItEither() {
        LinkedColumn one = text();
        one.key(row(null, null, "utf8mb4_general_ci"));

        assertThatThrownBy(() -> one.requireAlike(text(), false)).hasMessageContaining("VT12001");
        assertThatCode(() -> one.requireAlike(text(), true)).doesNotThrowAnyException();
    }

    @Test
    void textWithoutWeights_isRefused() {
        assertThatThrownBy(() -> number(field(SqlType.VARCHAR).setCharset(255))).hasMessageContaining("VT12001");
        assertThatThrownBy(() -> number(field(SqlType.VARBINARY).setCharset(255)))
                .as("text of a _bin collation")
                .hasMessageContaining("VT12001");
    }
}
