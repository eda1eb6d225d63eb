package io.vtsphere.gateway;

import java.util.Locale;

/** How one of several healthy tablets is chosen ({@code vtgate-balancer-mode}). A primary has no choice. */
public enum BalancerMode {
    /** The less loaded of two random tablets of the local cell; of other cells only when the local one has none. The default. */
    LOAD,
    /** A random tablet of the local cell; of other cells only when the local one has none. vtgate's default. */
    CELL,
    /** A random tablet of the local cell as far as that loads every tablet alike, with gates in all {@code balancer-vtgate-cells}. */
    PREFER_CELL,
    /** A random tablet of any cell, or of {@code balancer-vtgate-cells} while they have one. */
    RANDOM,
    /** For each session always the same tablet of the local cell while that serves; of other cells only when the local one has none. */
    SESSION;

    /** The name in the configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
