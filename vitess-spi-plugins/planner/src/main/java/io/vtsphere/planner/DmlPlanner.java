package io.vtsphere.planner;

import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.With;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** UPDATE and DELETE: to the shards where the rows are, each changing its own. */
final class DmlPlanner {
    private final Planning planning;

    DmlPlanner(Planning planning) {
        this.planning = planning;
    }

    /** To the shards that find their rows alone; else by a query that finds them. */
    Primitive update(Update update) {
        refuseWith("UPDATE", update.with());
        return otherwise(() -> pushed(update), () -> InputDml.update(planning, update));
    }

    Primitive delete(Delete delete) {
        refuseWith("DELETE", delete.with());
        return otherwise(() -> pushed(delete), () -> InputDml.delete(planning, delete));
    }

    private static Primitive otherwise(Supplier<Primitive> pushed, Supplier<@Nullable Primitive> byInput) {
        try {
            return pushed.get();
        } catch (VtException refusal) {
            Primitive plan = refusal.state() == State.NOT_SUPPORTED_YET ? byInput.get() : null;
            if (plan == null) {
                throw refusal;
            }
            return plan;
        }
    }

    /**
     * Sent to the shards as it is.
     *
     * @throws VtException VT12001 where they do not find their rows alone
     */
    Primitive pushed(Update update) {
        Found found = find("UPDATE", update.tables(), update.where(), values(update), update.limit());
        if (found.block() != null) {
            refuseVindexChanges(update.assignments(), found.block());
            Primitive.OwnedRows owned = LookupDml.updated(update, found.block(), found.text());
            if (owned != null) {
                QueryText text = found.text().print(update);
                return new Primitive.LookupWrite(found.routing(), text, found.table(), owned, true);
            }
        }
        return new Primitive.Update(found.routing(), found.text().print(update), found.table());
    }

    private static List<SelectItem> values(Update update) {
        return update.assignments().stream()
                .<SelectItem>map(assignment -> SelectItem.Item.of(assignment.value()))
                .toList();
    }

    Primitive pushed(Delete delete) {
        Found found = find("DELETE", delete.tables(), delete.where(), List.of(), delete.limit());
        if (found.block() != null) {
            Primitive.OwnedRows owned = LookupDml.deleted(delete, found.block(), found.text());
            if (owned != null) {
                QueryText text = found.text().print(delete);
                return new Primitive.LookupWrite(found.routing(), text, found.table(), owned, false);
            }
        }
        return new Primitive.Delete(found.routing(), found.text().print(delete), found.table());
    }

    /**
     * Where the rows are.
     *
     * @param block the analysed tables and conditions; null in an unsharded keyspace
     */
    private record Found(
            Routing routing,
            SentText text,
            String table,
            @Nullable Block block) {}

    private void refuseWith(String verb, @Nullable With with) {
        if (with != null && !planning.scan().hasOnly(TableSource.Kind.UNSHARDED, TableSource.Kind.DUAL)) {
            throw VtError.VT12001.with("WITH expression in " + verb + " statement");
        }
    }

    private Found find(
            String verb, List<TableExpr> tables, @Nullable Expr where, List<SelectItem> values, @Nullable Limit limit) {
        TableScan scan = planning.scan();
        if (scan.found().isEmpty() || scan.has(TableSource.Kind.SYSTEM)) {
            throw VtError.VT12001.with(verb + " of MySQL's own tables");
        }
        TableVSchema first = scan.found().get(0);
        Set<String> keyspaces = scan.keyspaces();
        if (keyspaces.size() > 1) {
            throw VtError.VT12001.with(verb + " over tables of several keyspaces: "
                    + String.join(", ", planning.tables().used()));
        }
        if (scan.hasOnly(TableSource.Kind.UNSHARDED, TableSource.Kind.DUAL)) {
            Routing routing = Routing.of(Opcode.UNSHARDED, first.keyspace(), false);
            return new Found(routing, planning.text(), first.toString(), null);
        }
        return sharded(verb, tables, where, values, limit, first);
    }

    private Found sharded(
            String verb,
            List<TableExpr> tables,
            @Nullable Expr where,
            List<SelectItem> values,
            @Nullable Limit limit,
            TableVSchema first) {
        for (TableVSchema table : planning.scan().found()) {
            if (table.pinned() != null) {
                throw VtError.VT09001.with(table.name());
            }
        }
        Block block = new BlockAnalyzer(planning.tables()).root(Select.of(values, tables, where));
        if (block.components().isEmpty()) {
            if (tables.size() != 1 || !(tables.get(0) instanceof TableExpr.Table)) {
                throw VtError.VT12001.with("DML on reference table with join");
            }
            Routing everywhere = Routing.of(Opcode.REFERENCE, first.keyspace(), true);
            requireDeterministicLimit(verb, limit);
            return new Found(everywhere, planning.text(), first.toString(), block);
        }
        Component component = block.components().get(0);
        requireNoReferenceTarget(block);
        RouteOption option = RouteOption.bestWithLookups(component, block.facts());
        if (!option.routing().isSingleShard()) {
            requireDeterministicLimit(verb, limit);
            if (component.singleShardReason() != null) {
                throw VtError.VT12001.with(component.singleShardReason() + " over several shards");
            }
        }
        SentText text = planning.text().withLists(option);
        return new Found(option.routing(), text, first.toString(), block);
    }

    private static void requireDeterministicLimit(String verb, @Nullable Limit limit) {
        if (limit != null) {
            throw VtError.VT12001.with(verb + " with LIMIT over several shards");
        }
    }

    /** A reference table beside sharded ones could be the one that is changed, on some shards only. */
    private static void requireNoReferenceTarget(Block block) {
        boolean reference = block.scope().tables().stream()
                .map(Occurrence::table)
                .anyMatch(table -> table != null && table.columnVindexes().isEmpty());
        if (reference) {
            throw VtError.VT12001.with("DML on reference table with join");
        }
    }

    private static void refuseVindexChanges(List<Assignment> assignments, Block block) {
        for (Assignment assignment : assignments) {
            String column = assignment.column().name();
            for (Occurrence occurrence : block.scope().tables()) {
                TableVSchema table = occurrence.table();
                ColumnId meant = block.scope().resolve(assignment.column());
                if (table != null && (meant == null || meant.occurrence() == occurrence)) {
                    refuseVindexChange(table, column);
                }
            }
        }
    }

    private static void refuseVindexChange(TableVSchema table, String column) {
        for (ColumnVindex vindex : table.columnVindexes()) {
            if (vindex.columns().stream().noneMatch(column::equalsIgnoreCase)) {
                continue;
            }
            if (vindex == table.primaryVindex()) {
                throw VtError.VT12001.with(
                        "you cannot UPDATE primary vindex columns; invalid update on vindex: " + vindex.name());
            }
            if (!vindex.owned()) {
                throw VtError.VT12001.with(
                        "you can only UPDATE lookup vindexes; invalid update on vindex: " + vindex.name());
            }
        }
    }
}
