package io.vtsphere.shardingsphere.sequence.v51;

import io.vtsphere.shardingsphere.algorithm.HostAlgorithm;
import io.vtsphere.shardingsphere.sequence.SequenceIds;
import java.util.Properties;
import org.apache.shardingsphere.sharding.spi.KeyGenerateAlgorithm;

/** {@code VITESS_SEQUENCE} of ShardingSphere 5.1: a block of ids from a sequence table, handed out one by one. Thread-safe after the start. */
public final class SequenceKeyGenerator extends HostAlgorithm<SequenceIds> implements KeyGenerateAlgorithm {
    public SequenceKeyGenerator() {
        super("VITESS_SEQUENCE");
    }

    @Override
    protected SequenceIds make(Properties props) {
        return SequenceIds.of(props);
    }

    @Override
    public Comparable<?> generateKey() {
        return made().next();
    }
}
