package io.vtsphere.frontend.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.TrackedSchema;
import io.vtsphere.topo.TrackedSchema.ForeignKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackedSchemaReaderTest {
    private final TrackedSchemaReader reader = new TrackedSchemaReader();

    private static Query.Row row(@Nullable String... cells) {
        Query.Row.Builder row = Query.Row.newBuilder();
        ByteString values = ByteString.EMPTY;
        for (String cell : cells) {
            ByteString bytes = cell == null ? ByteString.EMPTY : ByteString.copyFromUtf8(cell);
            row.addLengths(cell == null ? -1 : bytes.size());
            values = values.concat(bytes);
        }
        return row.setValues(values).build();
    }

    @Test
    void columnsAndForeignKeys_becomeTables() {
        reader.column(
                row("child", "id", "bigint", "bigint unsigned", null, "auto_increment", "NO", "20", "0", "BASE TABLE"));
        reader.column(row("child", "p", "int", "int(11)", null, "INVISIBLE", "YES", "10", "0", "BASE TABLE"));
        reader.column(row("child", "q", "varchar", "varchar(7)", "utf8mb4_bin", "", "YES", "7", "0", "BASE TABLE"));
        reader.column(row(
                "note", "body", "longtext", "longtext", "utf8mb4_general_ci", "", "YES", "4294967295", "0", "VIEW"));
        reader.foreignKey(row("child", "fk", "p", "parent", "a", "NO ACTION", "CASCADE"));
        reader.foreignKey(row("child", "fk", "q", "parent", "b", "NO ACTION", "CASCADE"));
        reader.foreignKey(row("child", "other", "p", "note", "x", "RESTRICT", "RESTRICT"));

        TrackedSchema schema = reader.schema();
        assertThat(schema.tables()).containsOnlyKeys("child", "note");
        assertThat(schema.tables().get("child").columns())
                .containsExactly(
                        new ColumnVSchema("id", SqlType.UINT64, false, null, "", 20, 0, false, List.of()),
                        new ColumnVSchema("p", SqlType.INT32, true, null, "", 10, 0, true, List.of()),
                        new ColumnVSchema("q", SqlType.VARCHAR, false, null, "utf8mb4_bin", 7, 0, true, List.of()));
        assertThat(schema.tables().get("child").view()).isFalse();
        assertThat(schema.tables().get("note").view()).isTrue();
        assertThat(schema.tables().get("note").columns().get(0).size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(schema.tables().get("child").foreignKeys())
                .containsExactly(
                        new ForeignKey(List.of("p", "q"), "parent", List.of("a", "b"), false, true),
                        new ForeignKey(List.of("p"), "note", List.of("x"), true, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            enum('a')         | [a]
            enum('a','b,c')   | [a, b,c]
            set('it''s','')   | [it's, ]
            enum('''')        | [']
            """)
    void members_ofEnumsAndSets(String columnType, String members) {
        assertThat(TrackedSchemaReader.members(columnType)).hasToString(members);
    }

    @Test
    void unknownType_isNoType() {
        assertThat(TrackedSchemaReader.type("uuid", false)).isEqualTo(SqlType.NULL_TYPE);
        assertThat(TrackedSchemaReader.type("multipoint", false)).isEqualTo(SqlType.GEOMETRY);
    }
}
