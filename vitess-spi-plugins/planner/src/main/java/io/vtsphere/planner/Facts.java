package io.vtsphere.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the rows that matter: which columns are equal to each other and to which values, and what else restricts them.
 *
 * <p>Equality is a union-find over columns and values. Two values are the same when they are the same literal or the same bind variable,
 * so a fact holds for every value of the bind variables. Used while one statement is planned.
 */
final class Facts {
    private final Map<Object, Object> parents;
    private final Map<Object, RouteValue> values;
    private final List<Restriction> restrictions;
    private boolean impossible;

    Facts() {
        this(new HashMap<>(), new HashMap<>(), new ArrayList<>(), false);
    }

    private Facts(
            Map<Object, Object> parents,
            Map<Object, RouteValue> values,
            List<Restriction> restrictions,
            boolean impossible) {
        this.parents = parents;
        this.values = values;
        this.restrictions = restrictions;
        this.impossible = impossible;
    }

    /** The same facts, to which others can be added without a change here. */
    Facts copy() {
        return new Facts(new HashMap<>(parents), new HashMap<>(values), new ArrayList<>(restrictions), impossible);
    }

    /** Takes over every fact of the other but that no row fulfils it: a query around it may have rows all the same. */
    void addAll(Facts other) {
        other.parents.forEach(this::union);
        other.values.forEach((root, value) -> union(root, value));
        restrictions.addAll(other.restrictions);
    }

    void equal(ColumnId left, ColumnId right) {
        union(left, right);
    }

    void equal(ColumnId column, RouteValue value) {
        union(column, value);
    }

    void restrict(Restriction restriction) {
        restrictions.add(restriction);
    }

    /** No row can fulfil the conditions. */
    void setImpossible() {
        impossible = true;
    }

    boolean isImpossible() {
        return impossible;
    }

    List<Restriction> restrictions() {
        return restrictions;
    }

    boolean same(ColumnId left, ColumnId right) {
        return find(left).equals(find(right));
    }

    /** The value that the column is equal to, or null. */
    @Nullable
    RouteValue valueOf(ColumnId column) {
        return values.get(find(column));
    }

    /**
     * Two sets with different values stay apart: either the values turn out equal, then less is known than could be, or no row fulfils both
     * and neither value may stand for the other's columns.
     */
    private void union(Object left, Object right) {
        Object a = find(left);
        Object b = find(right);
        RouteValue value = values.get(a);
        RouteValue other = values.get(b);
        if (a.equals(b) || (value != null && other != null && !value.equals(other))) {
            return;
        }
        parents.put(a, b);
        values.remove(a);
        if (value != null) {
            values.put(b, value);
        }
    }

    private Object find(Object node) {
        Object root = node;
        Object parent = parents.get(root);
        while (parent != null) {
            root = parent;
            parent = parents.get(root);
        }
        if (root instanceof RouteValue value && !values.containsKey(root)) {
            values.put(root, value);
        }
        return root;
    }
}
