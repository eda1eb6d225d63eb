package io.vtsphere.planner;

import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.SelectItem;
import java.util.ArrayList;
import java.util.List;

/**
 * The select list that the shards get: the client's, and hidden columns behind it that only the gate needs.
 *
 * <p>Behind a star nobody knows how many columns there are; then offsets count from the end of the row. So all hidden columns are added
 * first, and offsets are asked for afterwards.
 */
final class SelectList {
    private final Block block;
    private final List<SelectItem> items;
    private final int visible;
    private final boolean star;
    private int hidden;

    SelectList(Block block) {
        this.block = block;
        this.items = new ArrayList<>(block.select().items());
        this.visible = items.size();
        this.star = items.stream().anyMatch(item -> item instanceof SelectItem.Star);
    }

    /** A column of the list. */
    record Slot(boolean isHidden, int index) {}

    boolean hasStar() {
        return star;
    }

    int visible() {
        return visible;
    }

    List<SelectItem> items() {
        return items;
    }

    void replace(int index, SelectItem item) {
        items.set(index, item);
    }

    /** The column with that expression: one of the client's where it has it at a known place, else a hidden one. */
    Slot slot(Expr expr) {
        int limit = star ? firstStar() : visible;
        for (int i = 0; i < items.size(); i++) {
            boolean known = i < limit || i >= visible;
            if (known && items.get(i) instanceof SelectItem.Item item && isSame(item.expr(), expr)) {
                return i < visible ? new Slot(false, i) : new Slot(true, i - visible);
            }
        }
        return add(expr);
    }

    /** A hidden column. */
    Slot add(Expr expr) {
        items.add(SelectItem.Item.of(expr));
        return new Slot(true, hidden++);
    }

    /** A hidden column with the weight string of the expression. */
    Slot addWeight(Expr expr) {
        return slot(Call.of("weight_string", expr));
    }

    /** The offset of a column in the row; asked for when no further column will be added. */
    int offset(Slot slot) {
        if (!slot.isHidden()) {
            return slot.index();
        }
        return star ? slot.index() - hidden : visible + slot.index();
    }

    /** How many columns the client sees, as {@link Primitive.Route#resultColumns()} says it. */
    int resultColumns() {
        if (hidden == 0) {
            return 0;
        }
        return star ? -hidden : visible;
    }

    /** Whether two expressions of the block are the same column or are written alike. */
    boolean isSame(Expr left, Expr right) {
        if (left.equals(right)) {
            return true;
        }
        ColumnId column = block.column(left);
        return column != null && column.equals(block.column(right));
    }

    private int firstStar() {
        for (int i = 0; i < visible; i++) {
            if (items.get(i) instanceof SelectItem.Star) {
                return i;
            }
        }
        return visible;
    }
}
