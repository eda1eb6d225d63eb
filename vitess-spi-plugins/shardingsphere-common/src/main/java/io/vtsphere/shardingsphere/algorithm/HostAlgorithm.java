package io.vtsphere.shardingsphere.algorithm;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What every algorithm of ours is to a host: a type name, properties, and what is made of them once.
 *
 * <p>One class file for two lines of ShardingSphere: 5.1 sets the properties and calls {@link #init()}, 5.5 calls {@link #init(Properties)}.
 * Either happens once, before the first statement. Thread-safe afterwards.
 *
 * @param <T> what the properties describe; thread-safe
 */
public abstract class HostAlgorithm<T> {
    private final String type;
    /** Written by the host's starting thread only. */
    private volatile Properties props = new Properties();
    /** Written once, by {@link #init()}. */
    private volatile @Nullable T made;

    /** @param type the name by which configurations ask for it */
    protected HostAlgorithm(String type) {
        this.type = type;
    }

    public final String getType() {
        return type;
    }

    public final Properties getProps() {
        return props;
    }

    /** Called by 5.1. */
    public final void setProps(Properties props) {
        this.props = props;
    }

    /**
     * Called by 5.1, after {@link #setProps}.
     *
     * @throws IllegalArgumentException that names the property which is missing, unknown or wrong
     */
    public final void init() {
        made = make(props);
    }

    /**
     * Called by 5.5.
     *
     * @throws IllegalArgumentException that names the property which is missing, unknown or wrong
     */
    public final void init(Properties props) {
        setProps(props);
        init();
    }

    /** @throws IllegalArgumentException that names the property which is missing, unknown or wrong */
    protected abstract T make(Properties props);

    /** @throws IllegalStateException before the properties have come */
    protected final T made() {
        T initialised = made;
        if (initialised == null) {
            throw new IllegalStateException(type + " is not initialised");
        }
        return initialised;
    }
}
