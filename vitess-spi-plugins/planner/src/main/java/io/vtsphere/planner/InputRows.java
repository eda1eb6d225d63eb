package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that an UPDATE or DELETE writes, as a query that finds them.
 *
 * @param rows without its select list
 * @param hints the session's {@code SET_VAR} hints, for every query that is asked beside; empty for none
 */
public record InputRows(Select rows, List<InputTarget> targets, String hints) {
    public InputRows {
        targets = List.copyOf(targets);
    }

    /** The query: for each target the columns of its key, and then its values. */
    public Select query(List<List<String>> keys) {
        List<SelectItem> items = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            InputTarget target = targets.get(i);
            for (String column : keys.get(i)) {
                items.add(
                        SelectItem.Item.of(new Expr.Column(null, target.table().exposedName(), column)));
            }
            for (int value = 0; value < target.values().size(); value++) {
                items.add(
                        SelectItem.Item.of(target.values().get(value), InputTarget.value(target.firstValue() + value)));
            }
        }
        return rows.withItems(items);
    }
}
