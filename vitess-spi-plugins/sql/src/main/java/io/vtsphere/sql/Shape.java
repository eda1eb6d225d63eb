package io.vtsphere.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of the literals of all statements with one fingerprint: which are bind variables, under what name, and which stay.
 *
 * <p>Found once per fingerprint by {@link SqlNormalizer#normalize}; then the values of any other statement with that fingerprint are
 * taken without a parse. Immutable and thread-safe.
 */
public final class Shape {
    /**
     * A literal that is a bind variable.
     *
     * @param literal its number in the fingerprint
     * @param negated whether the minus before it is part of the value
     */
    record Bound(String name, int literal, boolean negated, boolean list) {}

    private final List<Bound> bound;
    private final int[] fixed;

    Shape(List<Bound> bound, int[] fixed) {
        this.bound = List.copyOf(bound);
        this.fixed = fixed;
    }

    /** Whether statements with this fingerprint can differ in literals that stay. */
    public boolean hasFixedLiterals() {
        return fixed.length > 0;
    }

    /** The key of the plan of a statement: its fingerprint's, and the literals that stay. */
    public String planKey(Fingerprint fingerprint) {
        String key = fingerprint.key();
        if (key == null) {
            return fingerprint.sql();
        }
        if (fixed.length == 0) {
            return key;
        }
        StringBuilder text = new StringBuilder(key.length() + 16 * fixed.length).append(key);
        for (int literal : fixed) {
            text.append('\u0001')
                    .append('=')
                    .append(fingerprint.sql(), fingerprint.start(literal), fingerprint.end(literal));
        }
        return text.toString();
    }

    /** The values of the bind variables of a statement with this shape, in order of their first place in the text. */
    public List<BoundValue> values(Fingerprint fingerprint) {
        List<BoundValue> values = new ArrayList<>(bound.size());
        for (Bound one : bound) {
            values.add(
                    one.list()
                            ? new BoundValue(one.name(), null, fingerprint.list(one.literal()))
                            : new BoundValue(one.name(), fingerprint.value(one.literal(), one.negated()), null));
        }
        return values;
    }

    /** The names of the bind variables, in the order of {@link #values}. */
    public List<String> names() {
        return bound.stream().map(Bound::name).toList();
    }
}
