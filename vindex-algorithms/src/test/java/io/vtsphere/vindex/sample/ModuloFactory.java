package io.vtsphere.vindex.sample;

import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexFactory;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Map;

/** A third party's type: {@code modulo}, with the parameter {@code buckets}. */
public final class ModuloFactory implements VindexFactory {
    @Override
    public String type() {
        return "modulo";
    }

    @Override
    public Vindex create(String name, Map<String, String> params, VindexRegistry registry) {
        String buckets = params.getOrDefault("buckets", "256");
        if (!buckets.matches("[1-9][0-9]{0,2}") || Integer.parseInt(buckets) > 256) {
            throw VtException.of(Code.INVALID_ARGUMENT, "buckets must be 1 to 256: " + buckets);
        }
        return new ModuloVindex(name, Integer.parseInt(buckets));
    }
}
