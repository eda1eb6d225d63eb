package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Finding the shard of a keyspace id costs no memory, however many shards there are. */
class ShardLookupAllocationTest {
    private static final int IDS = 10_000;

    @Test
    void find_amongAThousandShards_allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ShardIndex shards = ShardIndex.of(ShardingSpec.equalShards(1000));
        KeyspaceId[] ids = ids();
        int found = find(shards, ids);
        long before = threads.getCurrentThreadAllocatedBytes();
        found += find(shards, ids);
        long after = threads.getCurrentThreadAllocatedBytes();
        long asking = threads.getCurrentThreadAllocatedBytes() - after;
        assertThat(after - before - asking).as("bytes for %d look-ups", IDS).isBetween(-64L, 64L);
        assertThat(found).isEqualTo(2 * IDS);
    }

    /** Of all lengths, also shorter and longer than the bounds. */
    private static KeyspaceId[] ids() {
        Random random = new Random(6);
        KeyspaceId[] ids = new KeyspaceId[IDS];
        for (int i = 0; i < IDS; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            ids[i] = KeyspaceId.of(bytes);
        }
        return ids;
    }

    private static int find(ShardIndex shards, KeyspaceId[] ids) {
        int found = 0;
        for (KeyspaceId id : ids) {
            int shard = shards.find(id);
            found += shard >= 0 && shard < 1000 ? 1 : 0;
        }
        return found;
    }
}
