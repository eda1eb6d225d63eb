package io.vtsphere.vindex;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a lookup vindex.
 *
 * @param table empty where it is not given, as the columns: the statements then fail
 * @param ignoreNulls whether rows with a NULL have no entry
 * @param batch whether ids that are no numbers may be asked in one query too
 * @param autocommit whether entries are written outside the client's transaction, and never removed
 * @param multiShardAutocommit whether entries on several shards are; implies {@code autocommit}
 * @param writeOnly whether the table is still being filled
 * @param noVerify whether every entry is taken to be right
 */
record LookupParams(
        String table,
        List<String> from,
        String to,
        boolean ignoreNulls,
        boolean batch,
        ReadLock readLock,
        boolean autocommit,
        boolean multiShardAutocommit,
        boolean writeOnly,
        boolean noVerify) {
    private static final String READ_LOCK = "read_lock";
    private static final String AUTOCOMMIT = "autocommit";
    private static final String MULTI_SHARD_AUTOCOMMIT = "multi_shard_autocommit";
    private static final String NO_VERIFY = "no_verify";
    private static final String WRITE_ONLY = "write_only";
    private static final List<String> COMMON =
            List.of("table", "from", "to", "ignore_nulls", "batch_lookup", READ_LOCK, WRITE_ONLY);

    /** How rows are locked that a statement in a transaction looks up. */
    enum ReadLock {
        EXCLUSIVE(" for update"),
        SHARED(" lock in share mode"),
        NONE("");

        private final String suffix;

        ReadLock(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    /**
     * The parameters that the type knows; others have no effect.
     *
     * @throws VtException INVALID_ARGUMENT if a value is not one of those allowed
     */
    static LookupParams of(Map<String, String> params, LookupType type) {
        boolean own = !type.consistent();
        boolean multiShardAutocommit = own && Params.bool(params, MULTI_SHARD_AUTOCOMMIT);
        boolean autocommit = own && Params.bool(params, AUTOCOMMIT);
        return new LookupParams(
                params.getOrDefault("table", ""),
                Arrays.stream(params.getOrDefault("from", "").split(",", -1))
                        .map(String::strip)
                        .toList(),
                params.getOrDefault("to", ""),
                Params.bool(params, "ignore_nulls"),
                Params.bool(params, "batch_lookup"),
                readLock(params.getOrDefault(READ_LOCK, "exclusive")),
                autocommit || multiShardAutocommit,
                multiShardAutocommit,
                Params.bool(params, WRITE_ONLY),
                type.knowsNoVerify() && Params.bool(params, NO_VERIFY));
    }

    /** The names that the type knows. */
    static Set<String> known(LookupType type) {
        Set<String> known = new HashSet<>(COMMON);
        if (!type.consistent()) {
            known.addAll(List.of(AUTOCOMMIT, MULTI_SHARD_AUTOCOMMIT));
        }
        if (type.knowsNoVerify()) {
            known.add(NO_VERIFY);
        }
        return known;
    }

    private static ReadLock readLock(String value) {
        return switch (value) {
            case "exclusive" -> ReadLock.EXCLUSIVE;
            case "shared" -> ReadLock.SHARED;
            case "none" -> ReadLock.NONE;
            default -> throw VtException.of(Code.INVALID_ARGUMENT, "invalid " + READ_LOCK + " value: " + value);
        };
    }
}
