package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vindex.Prefixable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way to find the shards of a component, and the choice of the best.
 *
 * <p>Source of the order: Vitess' {@code go/vt/vtgate/planbuilder/operators/sharded_routing.go}: by opcode, then unique vindexes first, then
 * by the vindex' cost; of equal ones the later.
 *
 * @param lists the IN conditions whose lists are replaced by each shard's own values
 */
record RouteOption(Routing routing, boolean unique, int cost, List<Expr.In> lists) {

    /** The best way to the rows of the component that fulfil the facts. */
    static RouteOption best(Component component, Facts facts) {
        return best(component, facts, false);
    }

    /** The same for a statement that may ask a lookup table first. */
    static RouteOption bestWithLookups(Component component, Facts facts) {
        return best(component, facts, true);
    }

    private static RouteOption best(Component component, Facts facts, boolean withLookups) {
        if (facts.isImpossible()) {
            return of(Routing.of(Opcode.NONE, component.keyspace(), true));
        }
        RouteOption best = of(Routing.of(Opcode.SCATTER, component.keyspace(), true));
        for (RouteOption option : pins(component, facts)) {
            best = option;
        }
        for (Occurrence occurrence : component.tables()) {
            TableVSchema table = occurrence.table();
            for (ColumnVindex vindex : table == null ? List.<ColumnVindex>of() : table.columnVindexes()) {
                RouteOption option = null;
                if (isUsable(vindex, occurrence)) {
                    option = byVindex(occurrence, vindex, facts);
                } else if (withLookups
                        && LookupRoutes.isUsable(vindex)
                        && occurrence.hint().allows(vindex)) {
                    option = byLookup(occurrence, vindex, facts);
                }
                if (option != null && option.isAtLeastAsGoodAs(best)) {
                    best = option;
                }
            }
        }
        return best;
    }

    private static RouteOption of(Routing routing) {
        return new RouteOption(routing, false, Integer.MAX_VALUE, List.of());
    }

    private static boolean isUsable(ColumnVindex vindex, Occurrence occurrence) {
        return !vindex.backfilling()
                && !vindex.vindex().needsVCursor()
                && occurrence.hint().allows(vindex);
    }

    private boolean isAtLeastAsGoodAs(RouteOption other) {
        int byOpcode = routing.opcode().compareTo(other.routing.opcode());
        if (byOpcode != 0) {
            return byOpcode < 0;
        }
        return unique == other.unique ? cost <= other.cost : unique;
    }

    private static List<RouteOption> pins(Component component, Facts facts) {
        List<RouteOption> options = new ArrayList<>();
        for (Component.Key key : component.keys()) {
            ColumnId column = key.columns().get(0);
            TableVSchema table = column.occurrence().table();
            RouteValue pin = facts.valueOf(column);
            if (table != null && table.pinned() != null && pin != null) {
                options.add(of(Routing.byVindex(
                        Opcode.EQUAL_UNIQUE, component.keyspace(), key.vindex().vindex(), List.of(pin))));
            }
        }
        return options;
    }

    private static @Nullable RouteOption byVindex(Occurrence occurrence, ColumnVindex vindex, Facts facts) {
        List<ColumnId> columns = vindex.columns().stream()
                .map(name -> new ColumnId(occurrence, name.toLowerCase(Locale.ROOT)))
                .toList();
        RouteOption option = byValues(vindex, columns, facts);
        if (option == null) {
            option = byTuples(vindex, columns, facts);
        }
        return option != null || columns.size() > 1 ? option : byRange(vindex, columns.get(0), facts);
    }

    private static @Nullable RouteOption byLookup(Occurrence occurrence, ColumnVindex vindex, Facts facts) {
        ColumnId column = new ColumnId(occurrence, LookupRoutes.column(vindex).toLowerCase(Locale.ROOT));
        boolean unique = LookupRoutes.isUnique(vindex);
        RouteValue value = facts.valueOf(column);
        Restriction.In in = value == null ? inList(column, facts) : null;
        if (value == null && in == null) {
            return null;
        }
        Opcode opcode = in != null ? Opcode.IN : unique ? Opcode.EQUAL_UNIQUE : Opcode.EQUAL;
        Routing routing = Routing.byVindex(
                opcode,
                vindex.definition().keyspace(),
                vindex.vindex(),
                List.of(in != null ? in.list() : Objects.requireNonNull(value)));
        return new RouteOption(routing, unique, vindex.cost(), in != null ? List.of(in.node()) : List.of());
    }

    private static @Nullable RouteOption byValues(ColumnVindex vindex, List<ColumnId> columns, Facts facts) {
        List<RouteValue> values = new ArrayList<>();
        List<Expr.In> lists = new ArrayList<>();
        for (ColumnId column : columns) {
            RouteValue value = facts.valueOf(column);
            if (value == null) {
                Restriction.In in = inList(column, facts);
                if (in == null) {
                    return null;
                }
                value = in.list();
                lists.add(in.node());
            }
            values.add(ValueTypes.mapped(vindex, column, value));
        }
        if (lists.isEmpty()) {
            return option(vindex, vindex.partial() ? Opcode.SUB_SHARD : equal(vindex), values, lists);
        }
        return vindex.partial() ? null : option(vindex, Opcode.IN, values, lists);
    }

    private static Restriction.@Nullable In inList(ColumnId column, Facts facts) {
        for (Restriction restriction : facts.restrictions()) {
            if (restriction instanceof Restriction.In in && facts.same(in.column(), column)) {
                return in;
            }
        }
        return null;
    }

    private static @Nullable RouteOption byTuples(ColumnVindex vindex, List<ColumnId> columns, Facts facts) {
        for (Restriction restriction : facts.restrictions()) {
            if (restriction instanceof Restriction.TupleIn tuples && !vindex.partial()) {
                List<RouteValue> values = new ArrayList<>();
                for (ColumnId column : columns) {
                    int index = tuples.columns().indexOf(column);
                    if (index >= 0) {
                        values.add(
                                ValueTypes.mapped(vindex, column, tuples.lists().get(index)));
                    }
                }
                if (values.size() == columns.size()) {
                    return option(vindex, Opcode.MULTI_EQUAL, values, List.of());
                }
            }
        }
        return null;
    }

    private static @Nullable RouteOption byRange(ColumnVindex vindex, ColumnId column, Facts facts) {
        RouteOption found = null;
        for (Restriction restriction : facts.restrictions()) {
            RouteOption option = null;
            if (restriction instanceof Restriction.Between between
                    && facts.same(between.column(), column)
                    && ValueTypes.isOrderedBy(vindex, column)) {
                option = option(vindex, Opcode.BETWEEN, List.of(between.low(), between.high()), List.of());
            } else if (restriction instanceof Restriction.Like like
                    && facts.same(like.column(), column)
                    && vindex.vindex() instanceof Prefixable prefixable) {
                Routing routing = Routing.byVindex(
                        Opcode.EQUAL,
                        vindex.definition().keyspace(),
                        prefixable.prefixVindex(),
                        List.of(like.pattern()));
                option = new RouteOption(routing, false, vindex.cost(), List.of());
            } else if (restriction instanceof Restriction.IsNull isNull
                    && isNull.column().equals(column)) {
                option = option(vindex, equal(vindex), List.of(new RouteValue.Literal(SqlValue.NULL)), List.of());
            }
            if (option != null && (found == null || option.isAtLeastAsGoodAs(found))) {
                found = option;
            }
        }
        return found;
    }

    private static Opcode equal(ColumnVindex vindex) {
        return vindex.unique() ? Opcode.EQUAL_UNIQUE : Opcode.EQUAL;
    }

    private static RouteOption option(
            ColumnVindex vindex, Opcode opcode, List<RouteValue> values, List<Expr.In> lists) {
        Routing routing = Routing.byVindex(opcode, vindex.definition().keyspace(), vindex.vindex(), values);
        return new RouteOption(routing, vindex.unique(), vindex.cost(), lists);
    }
}
