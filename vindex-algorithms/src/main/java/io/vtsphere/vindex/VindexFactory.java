package io.vtsphere.vindex;

import io.vtsphere.vterrors.VtException;
import java.util.Map;

/**
 * Makes the vindexes of one type. A provider is named in {@code META-INF/services/io.vtsphere.vindex.VindexFactory} of a jar on the class
 * path, and its type may then be used in a VSchema. Thread-safe.
 */
public interface VindexFactory {
    /** The type's name in the VSchema; must not be that of another type. */
    String type();

    /**
     * A vindex of this type: a {@link SingleColumnVindex}, a {@link MultiColumnVindex} or a {@link LookupVindex}.
     *
     * @param name in the VSchema
     * @param params as the VSchema has them; read-only
     * @param registry makes the vindexes that this one is built from
     * @throws VtException INVALID_ARGUMENT if a parameter is missing or wrong
     */
    Vindex create(String name, Map<String, String> params, VindexRegistry registry);
}
