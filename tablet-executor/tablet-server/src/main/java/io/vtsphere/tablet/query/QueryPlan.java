package io.vtsphere.tablet.query;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vitess.proto.Query.BindVariable;
import io.vtsphere.tablet.mysql.Commands;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement, cut at its bind variables, ready to be written to MySQL with values in their places.
 *
 * <p>Immutable but for the columns of the last run, which are a cache. Thread-safe.
 */
public final class QueryPlan implements ResultCollector.FieldCache {
    private final String sql;
    private final PlanType type;
    private final String statementType;
    private final List<Part> parts;
    private final @Nullable NextVal nextVal;
    private final boolean temporaryTable;
    private final int textSize;
    /** Racy by design: any recent set is right, each is checked against the packets. */
    private volatile @Nullable FieldSet fields;
    /** Found when somebody asks; racy by design, as it is always the same. */
    private volatile @Nullable Set<String> tables;

    /**
     * Text and the variable behind it.
     *
     * @param name null at the end of the statement
     * @param limit whether the tablet's own row limit comes behind the text
     */
    record Part(byte[] text, @Nullable String name, boolean list, boolean limit) {}

    /**
     * {@code select next N values from table}.
     *
     * @param count the number, or null when it is the bind variable {@code variable}
     */
    public record NextVal(
            String table, @Nullable String count, @Nullable String variable) {}

    /** @param statementType the statement's first word in upper case */
    QueryPlan(
            String sql,
            PlanType type,
            String statementType,
            List<Part> parts,
            @Nullable NextVal nextVal,
            boolean temporaryTable) {
        this.sql = sql;
        this.type = type;
        this.statementType = statementType;
        this.parts = List.copyOf(parts);
        this.nextVal = nextVal;
        this.temporaryTable = temporaryTable;
        this.textSize = parts.stream().mapToInt(part -> part.text().length + 24).sum();
    }

    public PlanType type() {
        return type;
    }

    /** The statement's first word in upper case. */
    public String statementType() {
        return statementType;
    }

    /** The tables that the statement names, without their database. */
    Set<String> tables() {
        Set<String> known = tables;
        NextVal sequence = nextVal;
        if (known == null) {
            known = sequence != null ? Set.of(sequence.table()) : StatementTables.of(sql);
            tables = known;
        }
        return known;
    }

    /** What a DDL changes. */
    public SchemaChange schemaChange() {
        return SchemaChange.of(sql);
    }

    /** Whether its result may be streamed. */
    public boolean streams() {
        return type.streams();
    }

    public @Nullable NextVal nextVal() {
        return nextVal;
    }

    /** Whether it is {@code create temporary table}, which only its own connection would see. */
    public boolean temporaryTable() {
        return temporaryTable;
    }

    /**
     * The COM_QUERY packet.
     *
     * @param rowLimit written where the statement has none of its own; 0: none
     * @throws io.vtsphere.vterrors.VtException when a variable is missing or of the wrong kind
     */
    ByteBuf command(ByteBufAllocator allocator, Map<String, BindVariable> variables, int rowLimit) {
        ByteBuf out = Commands.startQuery(allocator, textSize);
        boolean done = false;
        try {
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                out.writeBytes(part.text());
                if (part.limit() && rowLimit > 0) {
                    Ascii.write(out, " limit ");
                    Ascii.write(out, Integer.toString(rowLimit));
                }
                String name = part.name();
                if (name != null) {
                    BindVariables.append(out, name, part.list(), variables);
                }
            }
            done = true;
        } finally {
            if (!done) {
                out.release();
            }
        }
        return Commands.finish(out);
    }

    @Override
    public @Nullable FieldSet known() {
        return fields;
    }

    @Override
    public void store(FieldSet last) {
        fields = last;
    }

    private static final class Ascii {
        static void write(ByteBuf out, String text) {
            for (int i = 0; i < text.length(); i++) {
                out.writeByte(text.charAt(i));
            }
        }
    }
}
