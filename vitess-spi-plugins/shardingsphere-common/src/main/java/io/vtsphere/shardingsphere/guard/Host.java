package io.vtsphere.shardingsphere.guard;

/** What differs between the lines of the host. */
public enum Host {
    /** Routes {@code id = -3} as 3, and a statement with common table expressions to any one shard. */
    V5_1(false, false),
    V5_5(true, true);

    private final boolean negativeLiterals;
    private final boolean commonTableExpressions;

    Host(boolean negativeLiterals, boolean commonTableExpressions) {
        this.negativeLiterals = negativeLiterals;
        this.commonTableExpressions = commonTableExpressions;
    }

    boolean negativeLiterals() {
        return negativeLiterals;
    }

    boolean commonTableExpressions() {
        return commonTableExpressions;
    }
}
