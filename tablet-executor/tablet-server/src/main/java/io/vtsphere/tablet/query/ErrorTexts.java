package io.vtsphere.tablet.query;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.Type;
import io.vtsphere.tablet.mysql.MysqlException;
import io.vtsphere.vterrors.Code;
import java.util.Map;

/** What the query package knows of error texts. Stateless. */
public final class ErrorTexts {
    private static final String MAX_LIMIT = "#maxLimit";

    private ErrorTexts() {}

    public static Code codeOf(MysqlException error) {
        return MysqlErrorCodes.codeOf(error.errno(), error.text());
    }

    /**
     * {@code Sql: "…", BindVars: {…}}.
     *
     * @param maxLimit the tablet's own row limit that the statement ran with, 0 for none
     */
    public static String statement(String sql, Map<String, BindVariable> variables, int maxLimit) {
        Map<String, BindVariable> internal = maxLimit == 0
                ? Map.of()
                : Map.of(
                        MAX_LIMIT,
                        BindVariable.newBuilder()
                                .setType(Type.INT64)
                                .setValue(ByteString.copyFromUtf8(Integer.toString(maxLimit)))
                                .build());
        return BindVariableText.describe(sql, variables, internal);
    }
}
