package io.vtsphere.shardingsphere.sequence.v55;

import io.vtsphere.shardingsphere.algorithm.HostAlgorithm;
import io.vtsphere.shardingsphere.sequence.SequenceIds;
import java.util.Collection;
import java.util.Properties;
import org.apache.shardingsphere.infra.algorithm.core.context.AlgorithmSQLContext;
import org.apache.shardingsphere.infra.algorithm.keygen.core.KeyGenerateAlgorithm;

/** {@code VITESS_SEQUENCE} of ShardingSphere 5.5: a block of ids from a sequence table. Thread-safe after the start. */
public final class SequenceKeyGenerator extends HostAlgorithm<SequenceIds> implements KeyGenerateAlgorithm {
    public SequenceKeyGenerator() {
        super("VITESS_SEQUENCE");
    }

    @Override
    protected SequenceIds make(Properties props) {
        return SequenceIds.of(props);
    }

    @Override
    public Collection<Long> generateKeys(AlgorithmSQLContext context, int count) {
        return made().next(count);
    }

    /** The column may be an AUTO_INCREMENT one: getGeneratedKeys then returns these ids. */
    @Override
    public boolean isSupportAutoIncrement() {
        return true;
    }
}
