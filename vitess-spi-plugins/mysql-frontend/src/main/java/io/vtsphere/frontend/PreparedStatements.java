package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query;
import io.vtsphere.executor.PreparedPlan;
import io.vtsphere.mysql.CharacterSets;
import io.vtsphere.mysql.ExecuteParameters;
import io.vtsphere.mysql.PrepareOk;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prepared statements of one connection, on its event loop. */
final class PreparedStatements {
    /** MySQL's max_prepared_stmt_count, here for each connection. */
    private static final int MAX = 16_382;

    /** A marker's definition: VARBINARY without a length, as vtgate announces it. */
    private static final Query.Field MARKER = Query.Field.newBuilder()
            .setName("?")
            .setType(Query.Type.VARBINARY)
            .setCharset(CharacterSets.BINARY)
            .build();

    /** One prepared statement; {@code tooLong} is reported by the next execution, because long data gets no answer. */
    static final class Prepared {
        final PreparedPlan plan;
        private final ExecuteParameters parameters;
        private @Nullable VtException tooLong;

        Prepared(PreparedPlan plan, Charset charset) {
            this.plan = plan;
            this.parameters = new ExecuteParameters(plan.paramCount(), charset);
        }

        /** Reads the parameters of an execution, and forgets the long data. */
        List<SqlValue> parameters(ByteBuf payload) {
            try {
                if (tooLong != null) {
                    throw tooLong;
                }
                return parameters.decode(payload);
            } finally {
                reset();
            }
        }

        void reset() {
            parameters.clearLongData();
            tooLong = null;
        }

        void addLongData(int parameter, ByteBuf payload, int limit) {
            if (parameters.longDataBytes() + payload.readableBytes() > limit) {
                parameters.clearLongData();
                tooLong = VtException.of(
                        Code.INVALID_ARGUMENT,
                        "Parameter of prepared statement which is set through mysql_send_long_data() is longer than"
                                + " 'max_allowed_packet' bytes");
                return;
            }
            byte[] data = new byte[payload.readableBytes()];
            payload.readBytes(data);
            parameters.addLongData(parameter, data);
        }
    }

    private final Charset charset;
    private final Map<Integer, Prepared> byId = new HashMap<>();
    private int lastId;

    PreparedStatements(Charset charset) {
        this.charset = charset;
    }

    /** Keeps the statement and writes the answer to COM_STMT_PREPARE; gives the error, with nothing written, when there are too many. */
    @Nullable
    VtException add(PreparedPlan plan, ResultWriter.Client client) {
        if (byId.size() >= MAX) {
            return VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    "Can't create more than max_prepared_stmt_count statements (current value: " + MAX
                            + ") (errno 1461) (sqlstate 42000)");
        }
        int id = ++lastId;
        byId.put(id, new Prepared(plan, charset));
        PacketWriter out = client.out();
        List<Query.Field> fields = plan.fields();
        new PrepareOk(id, fields.size(), plan.paramCount(), 0).encode(out.begin());
        out.end();
        for (int i = 0; i < plan.paramCount(); i++) {
            FieldTypes.writeDefinition(out.begin(), MARKER, 0);
            out.end();
        }
        if (plan.paramCount() > 0) {
            out.endOfDefinitions(client.statusFlags());
        }
        for (Query.Field field : fields) {
            FieldTypes.writeDefinition(out.begin(), field, client.textCollation());
            out.end();
        }
        if (!fields.isEmpty()) {
            out.endOfDefinitions(client.statusFlags());
        }
        return null;
    }

    /**
     * The statement.
     *
     * @throws VtException when there is none, with the number and text of vtgate
     */
    Prepared get(int id) {
        Prepared prepared = byId.get(id);
        if (prepared == null) {
            throw VtException.of(
                    Code.FAILED_PRECONDITION, State.UNKNOWN_STATEMENT_ID, "statement ID is not found from record");
        }
        return prepared;
    }

    @Nullable
    Prepared find(int id) {
        return byId.get(id);
    }

    void remove(int id) {
        byId.remove(id);
    }

    void clear() {
        byId.clear();
    }
}
