package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.BinaryOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns of a block that the host's merging orders, compares and adds as MySQL does. Confined to one check. */
final class ColumnTypes {
    private static final Set<Integer> WHOLE =
            Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC);
    private static final Set<Integer> INTEGERS = Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);
    private static final Set<Integer> ORDERED = Set.of(
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.DECIMAL,
            Types.NUMERIC,
            Types.DOUBLE,
            Types.DATE,
            Types.TIMESTAMP);

    private static final Set<BinaryOp> EXACT = Set.of(BinaryOp.ADD, BinaryOp.SUBTRACT, BinaryOp.MULTIPLY);

    private final Tables tables;
    private final Block block;

    ColumnTypes(Tables tables, Block block) {
        this.tables = tables;
        this.block = block;
    }

    /** Text is not: the host compares it by code units, MySQL by the column's collation. */
    boolean ordered(Expr expr) {
        Integer type = type(expr);
        return type != null && ORDERED.contains(type);
    }

    boolean orderedStar(@Nullable String table) {
        for (Ref ref : block.refs) {
            if (table == null || table.equalsIgnoreCase(ref.exposed)) {
                List<String> columns = ref.table == null ? List.of() : tables.columns(ref.table);
                if (columns.isEmpty()
                        || !columns.stream().allMatch(each -> ordered(new Expr.Column(null, ref.exposed, each)))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** An exact number. */
    boolean exact(Expr expr) {
        if (expr instanceof Expr.Binary binary && EXACT.contains(binary.op())) {
            return exact(binary.left()) && exact(binary.right());
        }
        if (expr instanceof Literal literal) {
            return literal.kind() == Literal.Kind.INTEGER || literal.kind() == Literal.Kind.DECIMAL;
        }
        Integer type = type(expr);
        return type != null && WHOLE.contains(type);
    }

    boolean integer(Expr expr) {
        Integer type = type(expr);
        return type != null && INTEGERS.contains(type);
    }

    private @Nullable Integer type(Expr expr) {
        if (!(expr instanceof Expr.Column column)) {
            return null;
        }
        for (Ref ref : block.refs) {
            if (ref.table != null && Block.named(ref, column)) {
                Integer type = tables.type(ref.table, column.name());
                if (type != null) {
                    return type;
                }
            }
        }
        return null;
    }
}
