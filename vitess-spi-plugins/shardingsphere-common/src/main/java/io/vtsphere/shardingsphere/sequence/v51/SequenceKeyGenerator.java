package io.vtsphere.shardingsphere.sequence.v51;

import io.vtsphere.shardingsphere.sequence.SequenceIds;
import java.util.Properties;
import org.apache.shardingsphere.sharding.spi.KeyGenerateAlgorithm;
import org.jspecify.annotations.Nullable;

/** {@code VITESS_SEQUENCE} of ShardingSphere 5.1: a block of ids from a sequence table, handed out one by one. Thread-safe after the start. */
public final class SequenceKeyGenerator implements KeyGenerateAlgorithm {
    /** Written by the host's starting thread only. */
    private volatile Properties props = new Properties();
    /** Written once, by {@link #init}. */
    private volatile @Nullable SequenceIds ids;

    @Override
    public String getType() {
        return "VITESS_SEQUENCE";
    }

    @Override
    public Properties getProps() {
        return props;
    }

    @Override
    public void setProps(Properties props) {
        this.props = props;
    }

    /** @throws IllegalArgumentException that names the property which is missing, unknown or wrong */
    @Override
    public void init() {
        ids = SequenceIds.of(props);
    }

    @Override
    public Comparable<?> generateKey() {
        SequenceIds initialised = ids;
        if (initialised == null) {
            throw new IllegalStateException("VITESS_SEQUENCE is not initialised");
        }
        return initialised.next();
    }
}
