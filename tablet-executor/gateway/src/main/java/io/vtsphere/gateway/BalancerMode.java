package io.vtsphere.gateway;

import java.util.Locale;

/** How one of several healthy tablets is chosen ({@code vtgate-balancer-mode}). A primary has no choice. */
public enum BalancerMode {
    /** The less loaded of two random tablets of the local cell; of other cells only when the local one has none. The default. */
    LOAD,
    /** A random tablet of the local cell; of other cells only when the local one has none. vtgate's default. */
    CELL,
    /** A random tablet of any cell. */
    RANDOM;

    /** The name in the configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
