package io.vtsphere.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code VEXPLAIN PLAN} says of a join: vtgate's tree of joins of two, each with the columns that it hands up. Source: Vitess' {@code
 * go/vt/vtgate/engine/join.go}.
 *
 * @param last the number of the part that this join adds to those before it
 */
record JoinJson(Primitive.Join join, int last) {

    private record Column(int part, int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + ".." + last;
        }
    }

    String variant() {
        return join.parts().get(last).outer() ? "LeftJoin" : "Join";
    }

    /** {@code L:} and {@code R:} with the columns of either side. */
    String columnIndexes() {
        List<String> indexes = new ArrayList<>();
        for (Column column : output()) {
            indexes.add(column.part() == last ? "R:" + column : "L:" + left(column));
        }
        return String.join(",", indexes);
    }

    /** Columns of the right side that must be NULL. */
    List<String> nulls() {
        return join.parts().get(last).nulls().stream()
                .map(column -> "R:" + column)
                .toList();
    }

    /** The bind variables of the right side by the columns of the left one that they are. */
    Map<String, Object> vars() {
        Map<String, Object> vars = new LinkedHashMap<>();
        JoinPart part = join.parts().get(last);
        if (!part.links().isEmpty()) {
            JoinLink link = part.links().get(0);
            int value = link.earlier().value();
            vars.put(part.keys(), left(new Column(link.part(), value, value)));
        }
        return vars;
    }

    /** The place of a column on the left side. */
    private Object left(Column column) {
        return last == 1
                ? column.first() == column.last() ? column.first() : column.toString()
                : new JoinJson(join, last - 1).output().indexOf(column);
    }

    /** The client's columns at the top; below it those and what is compared further up. */
    private List<Column> output() {
        Set<Column> output = new LinkedHashSet<>();
        List<Column> all = new ArrayList<>();
        for (JoinItem item : join.items()) {
            boolean counted = item.first() >= 0 == item.last() >= 0;
            if (counted) {
                for (int i = item.first(); i <= item.last(); i++) {
                    all.add(new Column(item.part(), i, i));
                }
            } else {
                all.add(new Column(item.part(), item.first(), item.last()));
            }
        }
        if (last == join.parts().size() - 1) {
            return all;
        }
        all.stream().filter(column -> column.part() <= last).forEach(output::add);
        for (JoinPart part : join.parts().subList(last + 1, join.parts().size())) {
            for (JoinLink link : part.links()) {
                if (link.part() <= last) {
                    int value = link.earlier().value();
                    output.add(new Column(link.part(), value, value));
                }
            }
        }
        return List.copyOf(output);
    }
}
