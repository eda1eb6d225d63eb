package io.vtsphere.shardingsphere.sequence.v55;

import io.vtsphere.shardingsphere.sequence.SequenceIds;
import java.util.Collection;
import java.util.Properties;
import org.apache.shardingsphere.infra.algorithm.core.context.AlgorithmSQLContext;
import org.apache.shardingsphere.infra.algorithm.keygen.core.KeyGenerateAlgorithm;
import org.jspecify.annotations.Nullable;

/** {@code VITESS_SEQUENCE} of ShardingSphere 5.5: a block of ids from a sequence table. Thread-safe after the start. */
public final class SequenceKeyGenerator implements KeyGenerateAlgorithm {
    /** Written once, by {@link #init}. */
    private volatile @Nullable SequenceIds ids;

    @Override
    public String getType() {
        return "VITESS_SEQUENCE";
    }

    /** @throws IllegalArgumentException that names the property which is missing, unknown or wrong */
    @Override
    public void init(Properties props) {
        ids = SequenceIds.of(props);
    }

    @Override
    public Collection<Long> generateKeys(AlgorithmSQLContext context, int count) {
        SequenceIds initialised = ids;
        if (initialised == null) {
            throw new IllegalStateException("VITESS_SEQUENCE is not initialised");
        }
        return initialised.next(count);
    }

    /** The column may be an AUTO_INCREMENT one: getGeneratedKeys then returns these ids. */
    @Override
    public boolean isSupportAutoIncrement() {
        return true;
    }
}
