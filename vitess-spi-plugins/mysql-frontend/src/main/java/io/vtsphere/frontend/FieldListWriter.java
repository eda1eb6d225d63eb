package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query;
import io.vtsphere.mysql.Wire;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Answers COM_FIELD_LIST with the fields of a query on the table that finds no rows. Defaults of columns are sent as NULL.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_field_list.html">COM_FIELD_LIST</a>.
 */
final class FieldListWriter extends ResultWriter {
    private final Pattern wildcard;

    FieldListWriter(Client client, String wildcard) {
        super(client, false, false);
        this.wildcard = like(wildcard);
    }

    /** The query whose fields are those of the table. */
    static String query(String table) {
        return "select * from `" + table.replace("`", "``") + "` where 1 != 1";
    }

    /** A LIKE pattern, in which an empty one means every name. */
    private static Pattern like(String wildcard) {
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < wildcard.length(); i++) {
            char c = wildcard.charAt(i);
            if (escaped || c != '%' && c != '_' && c != '\\') {
                regex.append(Pattern.quote(String.valueOf(c)));
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                regex.append(c == '%' ? ".*" : ".");
            }
        }
        return Pattern.compile(regex.isEmpty() ? ".*" : regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    @Override
    public void fields(List<Query.Field> fields) {
        PacketWriter out = client().out();
        for (Query.Field field : fields) {
            if (!over()
                    && wildcard.matcher(field.getName().toLowerCase(Locale.ROOT))
                            .matches()) {
                ByteBuf payload = out.begin();
                FieldTypes.writeDefinition(payload, field, client().textCollation());
                payload.writeByte(Wire.NULL_VALUE);
                out.end();
            }
        }
    }

    @Override
    public void rows(List<Query.Row> rows) {
        // the query finds none
    }

    @Override
    boolean hasRows() {
        return true;
    }
}
