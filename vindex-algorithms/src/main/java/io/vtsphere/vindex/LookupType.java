package io.vtsphere.vindex;

/** The lookup types, and what they differ in. */
enum LookupType {
    LOOKUP("lookup", false, 20, LookupEncoding.PLAIN),
    LOOKUP_UNIQUE("lookup_unique", true, 10, LookupEncoding.PLAIN),
    LOOKUP_COST("lookup_cost", false, 5, LookupEncoding.PLAIN),
    LOOKUP_HASH("lookup_hash", false, 20, LookupEncoding.HASH),
    LOOKUP_HASH_UNIQUE("lookup_hash_unique", true, 10, LookupEncoding.HASH),
    LOOKUP_UNICODELOOSEMD5_HASH("lookup_unicodeloosemd5_hash", false, 20, LookupEncoding.UNICODE_HASH),
    LOOKUP_UNICODELOOSEMD5_HASH_UNIQUE("lookup_unicodeloosemd5_hash_unique", true, 10, LookupEncoding.UNICODE_HASH),
    CONSISTENT_LOOKUP("consistent_lookup", false, 20, LookupEncoding.PLAIN),
    CONSISTENT_LOOKUP_UNIQUE("consistent_lookup_unique", true, 10, LookupEncoding.PLAIN);

    private final String typeName;
    private final boolean unique;
    private final int cost;
    private final LookupEncoding encoding;

    LookupType(String typeName, boolean unique, int cost, LookupEncoding encoding) {
        this.typeName = typeName;
        this.unique = unique;
        this.cost = cost;
        this.encoding = encoding;
    }

    String typeName() {
        return typeName;
    }

    boolean unique() {
        return unique;
    }

    /** The cost; that of {@link #LOOKUP_COST} is its default. */
    int cost() {
        return cost;
    }

    LookupEncoding encoding() {
        return encoding;
    }

    boolean consistent() {
        return this == CONSISTENT_LOOKUP || this == CONSISTENT_LOOKUP_UNIQUE;
    }

    /** Whether a plan may run the query by itself: not if the ids must be replaced first. */
    boolean planable() {
        return encoding != LookupEncoding.UNICODE_HASH;
    }

    /** Whether the planner is told that the table is still being filled. */
    boolean reportsBackfilling() {
        return this != LOOKUP_HASH && this != LOOKUP_UNICODELOOSEMD5_HASH;
    }

    boolean knowsNoVerify() {
        return this == LOOKUP || this == LOOKUP_UNIQUE || this == LOOKUP_COST;
    }

    /** Whether an entry that exists is overwritten when entries are committed on their own. */
    boolean upserts() {
        return !unique && !consistent();
    }
}
