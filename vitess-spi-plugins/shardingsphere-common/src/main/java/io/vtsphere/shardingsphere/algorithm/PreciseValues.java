package io.vtsphere.shardingsphere.algorithm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.shardingsphere.sharding.api.sharding.standard.PreciseShardingValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a {@link PreciseShardingValue}, whose getter returns a Comparable in 5.1 and an Object in 5.5: a call compiled for the
 * one does not link in the other.
 */
final class PreciseValues {
    private static final MethodHandle GET_VALUE = find();

    private PreciseValues() {}

    static @Nullable Object of(PreciseShardingValue<?> value) {
        try {
            return (Object) GET_VALUE.invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a getter has thrown a checked exception", e);
        }
    }

    private static MethodHandle find() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodType either = MethodType.methodType(Object.class, PreciseShardingValue.class);
        try {
            return lookup.findVirtual(PreciseShardingValue.class, "getValue", MethodType.methodType(Object.class))
                    .asType(either);
        } catch (NoSuchMethodException e) {
            return comparable(lookup).asType(either);
        } catch (IllegalAccessException e) {
            throw new LinkageError("PreciseShardingValue.getValue is not public", e);
        }
    }

    private static MethodHandle comparable(MethodHandles.Lookup lookup) {
        try {
            return lookup.findVirtual(PreciseShardingValue.class, "getValue", MethodType.methodType(Comparable.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("PreciseShardingValue.getValue is neither that of 5.1 nor that of 5.5", e);
        }
    }
}
