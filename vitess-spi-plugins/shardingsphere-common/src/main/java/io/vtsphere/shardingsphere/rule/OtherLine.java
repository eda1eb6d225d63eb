package io.vtsphere.shardingsphere.rule;

import java.util.function.Supplier;

/** What an SPI class of one line is for in a host of the other: nothing that occurs there. */
public final class OtherLine {
    private OtherLine() {}

    /** The type, or this class when the type does not link in this host. */
    @SuppressWarnings("unchecked")
    public static <T> Class<T> unless(Supplier<Class<T>> type) {
        try {
            return type.get();
        } catch (LinkageError e) {
            return (Class<T>) (Class<?>) OtherLine.class;
        }
    }
}
