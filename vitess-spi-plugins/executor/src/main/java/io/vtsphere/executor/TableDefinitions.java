package io.vtsphere.executor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.topo.TabletType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What tablets said of tables' columns a moment ago, for the statements of all sessions. Thread-safe.
 *
 * <p>Nothing is kept for longer than {@link #KEPT}, nor beyond a DDL of this gate. So a change that others make is seen that much later, and one of
 * a column's type at once, by the fields that come with its values; see docs/adr/0006-rows-are-gathered-on-a-tablet.md.
 */
final class TableDefinitions {
    static final Duration KEPT = Duration.ofSeconds(1);

    private static final int MOST = 10_000;

    private final Cache<Key, Definition> tables;
    private final Cache<Key, List<Query.Field>> fields;
    private final Cache<Key, List<String>> collations;
    /** How often there was a DDL: what was asked before one is not kept after it. */
    private final AtomicLong changes = new AtomicLong();

    TableDefinitions(Ticker ticker) {
        this.tables = cache(ticker);
        this.fields = cache(ticker);
        this.collations = cache(ticker);
    }

    private static <V> Cache<Key, V> cache(Ticker ticker) {
        return Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(KEPT)
                .maximumSize(MOST)
                .build();
    }

    /**
     * What was asked.
     *
     * @param hints the session's settings that the query carried
     * @param what the name of a table; the query whose columns, or their collations, were asked
     */
    record Key(String keyspace, TabletType type, String hints, String what) {}

    /**
     * One table.
     *
     * @param sqlMode of the session that asked
     * @param seen the fields that came with the values of columns, by the expressions that read them
     */
    record Definition(List<GatheredColumn> columns, String sqlMode, Map<String, Query.Field> seen) {
        Definition(List<GatheredColumn> columns, String sqlMode) {
            this(List.copyOf(columns), sqlMode, new ConcurrentHashMap<>());
        }

        /** Whether values come as they did before; the first time they do. */
        boolean isStill(String expression, Query.Field field) {
            Query.Field before = seen.putIfAbsent(expression, field);
            return before == null
                    || (before.getType() == field.getType()
                            && before.getColumnLength() == field.getColumnLength()
                            && before.getDecimals() == field.getDecimals()
                            && before.getCharset() == field.getCharset());
        }
    }

    /** The state before asking, for {@link #add}. */
    long changes() {
        return changes.get();
    }

    @Nullable
    Definition find(Key key) {
        return tables.getIfPresent(key);
    }

    @Nullable
    List<Query.Field> findFields(Key key) {
        return fields.getIfPresent(key);
    }

    /** Keeps an answer, unless there was a change since {@code before}. */
    void add(Key key, Definition definition, long before) {
        tables.put(key, definition);
        forgetUnless(before);
    }

    void addFields(Key key, List<Query.Field> answer, long before) {
        fields.put(key, answer);
        forgetUnless(before);
    }

    @Nullable
    List<String> findCollations(Key key) {
        return collations.getIfPresent(key);
    }

    void addCollations(Key key, List<String> answer, long before) {
        collations.put(key, answer);
        forgetUnless(before);
    }

    private void forgetUnless(long before) {
        if (changes.get() != before) {
            forget();
        }
    }

    void forget(Key key) {
        tables.invalidate(key);
    }

    /** A table may have changed. */
    void changed() {
        changes.incrementAndGet();
        forget();
    }

    private void forget() {
        tables.invalidateAll();
        fields.invalidateAll();
        collations.invalidateAll();
    }
}
