package io.vtsphere.vindex;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the types that compute have in common: unique, and without queries. */
abstract class FunctionalVindex implements Vindex {
    private final String type;
    private final String name;
    private final int cost;
    private final Set<String> unknownParams;

    FunctionalVindex(String type, String name, int cost, Map<String, String> params, Set<String> known) {
        this.type = type;
        this.name = name;
        this.cost = cost;
        this.unknownParams = unknown(params, known);
    }

    /** The names in {@code params} that are not in {@code known}, sorted. */
    static Set<String> unknown(Map<String, String> params, Set<String> known) {
        Set<String> unknown = new TreeSet<>(params.keySet());
        unknown.removeAll(known);
        return Collections.unmodifiableSet(unknown);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int cost() {
        return cost;
    }

    @Override
    public boolean unique() {
        return true;
    }

    @Override
    public boolean needsVCursor() {
        return false;
    }

    @Override
    public Set<String> unknownParams() {
        return unknownParams;
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
