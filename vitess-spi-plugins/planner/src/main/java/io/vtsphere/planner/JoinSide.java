package io.vtsphere.planner;

import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.TableVSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One part of a join while it is planned: the tables that are read together, and the select list of that read. The client's columns come
 * first, in their order; behind them those that only the gate needs.
 */
final class JoinSide {
    private final JoinBlock block;
    private final List<JoinLeaf> leaves = new ArrayList<>();
    private final boolean outer;
    private final List<Expr> conditions = new ArrayList<>();
    private final List<Guard> guards = new ArrayList<>();
    private final List<Expr> nulls = new ArrayList<>();
    private final List<SelectItem> items = new ArrayList<>();
    private TableExpr from;
    private int visible;
    private int starFrom = -1;
    private int starTo = -1;

    /** A condition on the tables of a side. */
    record Guard(JoinSide side, Expr condition) {}

    JoinSide(JoinBlock block, TableExpr from, Collection<JoinLeaf> leaves, boolean outer) {
        this.block = block;
        this.from = from;
        this.outer = outer;
        this.leaves.addAll(leaves);
    }

    List<JoinLeaf> leaves() {
        return leaves;
    }

    /** Whether rows of the parts before stay where no row of this one goes together with them. */
    boolean outer() {
        return outer;
    }

    /** The conditions on its tables alone. */
    List<Expr> conditions() {
        return conditions;
    }

    /** Conditions on other parts without which its rows go together with none of theirs. */
    List<Guard> guards() {
        return guards;
    }

    /** Columns that must be NULL once an outer join has filled them up. */
    List<Expr> nulls() {
        return nulls;
    }

    TableExpr from() {
        return from;
    }

    /** Reads further tables with these. */
    void join(TableExpr joined, Collection<JoinLeaf> more) {
        from = joined;
        leaves.addAll(more);
    }

    boolean holds(Collection<JoinLeaf> used) {
        return leaves.containsAll(used);
    }

    /** Whether some condition compares a column with a value, which an index may find. */
    boolean hasEquality() {
        return conditions.stream()
                .anyMatch(condition -> condition instanceof Expr.Comparison comparison
                        && comparison.op() == ComparisonOp.EQ
                        && (RouteValues.single(comparison.left()) != null
                                || RouteValues.single(comparison.right()) != null));
    }

    /** A name for plans that are shown. */
    String name() {
        return String.join("_", leaves.stream().map(JoinLeaf::name).toList());
    }

    /** A column of the client's; all of them are added before any other. */
    int add(SelectItem item) {
        items.add(item);
        return visible++;
    }

    /** Says that these of the client's columns are a run with stars in it; @return false when there is one already */
    boolean starred(int first, int last) {
        if (starFrom >= 0) {
            return false;
        }
        starFrom = first;
        starTo = last;
        return true;
    }

    /** The place of an expression among the columns, which is put there if it has none. */
    int slot(Expr expr) {
        for (int i = 0; i < items.size(); i++) {
            boolean known = i < starFrom || i > starTo;
            if (known && items.get(i) instanceof SelectItem.Item item && isSame(item.expr(), expr)) {
                return i;
            }
        }
        items.add(SelectItem.Item.of(expr));
        return items.size() - 1;
    }

    private boolean isSame(Expr left, Expr right) {
        ColumnId column = block.column(left);
        return left.equals(right) || (column != null && column.equals(block.column(right)));
    }

    /**
     * The places of a link's column and, where it may be text, its weight string and its collation; see {@link #column(int[])}. Where it turns
     * out to be text all the same, the execution is refused.
     */
    int[] linked(Expr column, boolean text) {
        return new int[] {
            slot(column),
            text ? slot(Call.of("weight_string", column)) : -1,
            text ? slot(Call.of("collation", column)) : -1
        };
    }

    /** Whether it is unlikely that the column is text: it is known to be none, or a vindex over integers maps it. */
    boolean seemsNoText(Expr column) {
        ColumnId id = block.column(column);
        TableVSchema table = id == null ? null : id.occurrence().table();
        return isKnownNotText(column)
                || (id != null
                        && table != null
                        && table.columnVindexes().stream()
                                .anyMatch(vindex -> ComparedValue.knowsIntegers(vindex.vindex())
                                        && vindex.columns().get(0).equalsIgnoreCase(id.column())));
    }

    /** Whether no value of the column can be text. */
    boolean isKnownNotText(Expr column) {
        ColumnVSchema known = known(column);
        return known != null && MergeKeys.isNotText(known.type());
    }

    /** The column's collation; empty where the VSchema does not say. */
    String collation(Expr column) {
        ColumnVSchema known = known(column);
        return known == null ? "" : known.collation();
    }

    /** What the VSchema says of the column; null where it says nothing. */
    @Nullable
    ColumnVSchema known(Expr column) {
        ColumnId id = block.column(column);
        TableVSchema table = id == null ? null : id.occurrence().table();
        return id == null || table == null ? null : table.column(id.column());
    }

    /** Whether a vindex finds rows by the column alone. */
    boolean isVindexColumn(Expr column) {
        ColumnId id = block.column(column);
        TableVSchema table = id == null ? null : id.occurrence().table();
        return id != null
                && table != null
                && table.columnVindexes().stream()
                        .anyMatch(vindex -> (vindex.columns().size() == 1 || LookupRoutes.isUsable(vindex))
                                && vindex.columns()
                                        .get(0)
                                        .toLowerCase(Locale.ROOT)
                                        .equals(id.column()));
    }

    /** The offset of a place, once all columns are there. */
    int offset(int slot) {
        return starFrom < 0 || slot <= starFrom ? slot : slot - Math.max(1, items.size());
    }

    /** The offset of the last column of a run that begins and ends at these places. */
    int lastOffset(int first, int last) {
        return first == starFrom ? last - Math.max(1, items.size()) : offset(last);
    }

    JoinColumn column(int[] linked) {
        return new JoinColumn(
                offset(linked[0]),
                linked[1] < 0 ? OrderKey.NONE : offset(linked[1]),
                linked[2] < 0 ? OrderKey.NONE : offset(linked[2]));
    }

    /** The read as a part of {@code whole}, with one more condition where there is one. */
    Select select(Select whole, @Nullable Expr more) {
        List<Expr> all = new ArrayList<>(conditions);
        if (more != null) {
            all.add(more);
        }
        Expr where = all.isEmpty() ? null : all.size() == 1 ? all.get(0) : new Expr.And(all);
        List<SelectItem> list = items.isEmpty() ? List.of(SelectItem.Item.of(Literal.integer(1))) : items;
        return Select.of(list, List.of(from), where)
                .withComments(whole.comments())
                .withOptions(whole.options())
                .withLock(whole.lock());
    }
}
