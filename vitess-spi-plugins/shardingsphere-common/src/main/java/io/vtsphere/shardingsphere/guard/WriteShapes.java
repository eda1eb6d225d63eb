package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.InsertSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which writes of a sharded table the host does as one MySQL would. Stateless. */
final class WriteShapes {
    private final Host host;
    private final Tables tables;
    private final List<?> parameters;

    WriteShapes(Host host, Tables tables, List<?> parameters) {
        this.host = host;
        this.tables = tables;
        this.parameters = parameters;
    }

    /** The construct of that INSERT into a sharded table that the host does wrong; null if there is none. */
    @Nullable
    String insert(Insert insert, ShardedTable table) {
        String verb = insert.replace() ? "REPLACE" : "INSERT";
        if (!(insert.source() instanceof InsertSource.Rows rows)) {
            return verb + " … SELECT";
        }
        List<String> columns = insert.columns().isEmpty()
                ? tables.columns(table.name())
                : insert.columns().stream().map(Block::lower).toList();
        for (String column : table.columns()) {
            int place = columns.indexOf(column);
            if (place < 0 && insert.columns().isEmpty() && columns.isEmpty()) {
                return verb + " without columns into a table that the host does not know";
            }
            for (Expr.Tuple row : rows.rows()) {
                if (place >= 0
                        && place < row.elements().size()
                        && Constant.of(row.elements().get(place), host, parameters) == null) {
                    return verb + " with an expression for the sharding column " + column;
                }
            }
        }
        for (Assignment each : insert.onDuplicate()) {
            String column = Block.lower(each.column().name());
            boolean kept = each.value() instanceof Expr.InsertValue value
                            && value.column().name().equalsIgnoreCase(column)
                    || each.value() instanceof Expr.Column same && same.name().equalsIgnoreCase(column);
            if (table.columns().contains(column) && !kept) {
                return "ON DUPLICATE KEY UPDATE of the sharding column " + column;
            }
        }
        return null;
    }

    /** An UPDATE that moves rows to other shards; null if it does not. */
    @Nullable
    String moves(List<Assignment> assignments, Block block, Conditions conditions, boolean single) {
        for (Assignment each : assignments) {
            Ref ref = block.shardedBy(each.column());
            if (ref != null && !(single && keeps(each, ref, block, conditions))) {
                return "UPDATE of the sharding column "
                        + Block.lower(each.column().name());
            }
        }
        return null;
    }

    private boolean keeps(Assignment assignment, Ref ref, Block block, Conditions conditions) {
        Constant value = Constant.of(assignment.value(), host, parameters);
        String column = Block.lower(assignment.column().name());
        return value != null
                && block.conjuncts.stream().anyMatch(each -> {
                    Conditions.Pin pin = conditions.pin(each, block);
                    return pin != null
                            && pin.ref() == ref
                            && pin.column().equals(column)
                            && pin.values().size() == 1
                            && pin.values().contains(value);
                });
    }
}
