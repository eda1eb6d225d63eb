package io.vtsphere.executor.gather;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatheredRowsTest {
    private static final List<GatheredColumn> COLUMNS = List.of(
            new GatheredColumn("id", "int", "int", null, null),
            new GatheredColumn("t", "varchar", "varchar(9)", "utf8mb4", "utf8mb4_0900_ai_ci"));

    private static Query.Row row(@Nullable String... values) {
        return Cells.row(Arrays.stream(values)
                .<@Nullable ByteString>map(value -> value == null ? null : ByteString.copyFromUtf8(value))
                .toList());
    }

    private static GatheredRows rows(Query.Row... rows) {
        return new GatheredRows(COLUMNS, List.of(rows));
    }

    @Test
    void documentBytes_isTheLengthOfTheDocument_butForNulls() {
        GatheredRows full = rows(row("1", "a\"b\\c\nd\u0001"), row("22", "\u00e4"));
        assertThat(full.documentBytes()).isBetween((long) full.document().length, full.document().length + 4L);
        GatheredRows nulls = rows(row("1", null), row(null, null));
        assertThat(nulls.documentBytes()).isBetween((long) nulls.document().length, nulls.document().length + 30L);
        assertThat(full.mostDocumentBytes()).isGreaterThanOrEqualTo(full.documentBytes());
        assertThat(nulls.mostDocumentBytes()).isGreaterThanOrEqualTo(nulls.documentBytes());
    }

    @Test
    void having_keepsRowsOfUnknownForm_andDropsNulls() {
        KeyForm form = KeyForm.of(COLUMNS.get(1), COLUMNS.get(1));
        GatheredRows rows = rows(row("1", "A"), row("2", "b"), row("3", "\u00e4"), row("4", null));
        assertThat(rows.having("t", form, Set.of(ByteString.copyFromUtf8("a"))).rows())
                .containsExactly(row("1", "A"), row("3", "\u00e4"));
    }

    @Test
    void forms_ofAnUnknownOne_isNone() {
        KeyForm form = KeyForm.of(COLUMNS.get(1), COLUMNS.get(1));
        assertThat(rows(row("1", "A"), row("2", null), row("3", "a")).forms("t", form))
                .containsExactly(ByteString.copyFromUtf8("a"));
        assertThat(rows(row("1", "A"), row("2", "-")).forms("t", form)).isNull();
    }
}
