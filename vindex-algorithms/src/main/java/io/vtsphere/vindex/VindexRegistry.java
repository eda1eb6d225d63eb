package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.text.GoText;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The vindex types that a VSchema may name: Vitess' own, and those of jars on the class path. Immutable and thread-safe. */
public final class VindexRegistry {
    private final Map<String, VindexFactory> factories;

    private VindexRegistry(Map<String, VindexFactory> factories) {
        this.factories = factories;
    }

    /**
     * The built-in types and every {@link VindexFactory} that the thread's context class loader finds.
     *
     * @throws VtException ALREADY_EXISTS if a provider's type is built in or provided twice; FAILED_PRECONDITION if a provider cannot be loaded
     */
    public static VindexRegistry load() {
        List<VindexFactory> provided = new ArrayList<>();
        try {
            ServiceLoader.load(VindexFactory.class).forEach(provided::add);
        } catch (ServiceConfigurationError e) {
            throw VtException.of(
                    Code.FAILED_PRECONDITION, "a jar of vindex types cannot be loaded: " + e.getMessage(), e);
        }
        return with(provided);
    }

    /**
     * The built-in types and those of {@code provided}.
     *
     * @throws VtException ALREADY_EXISTS if a provider's type is built in or provided twice
     */
    public static VindexRegistry with(Collection<? extends VindexFactory> provided) {
        Map<String, VindexFactory> factories = new TreeMap<>();
        for (VindexFactory factory : BuiltInVindexes.factories()) {
            factories.put(factory.type(), factory);
        }
        for (VindexFactory factory : provided) {
            VindexFactory known = factories.putIfAbsent(factory.type(), factory);
            if (known != null) {
                throw VtException.of(
                        Code.ALREADY_EXISTS,
                        "vindex type " + GoText.quote(factory.type()) + " of "
                                + factory.getClass().getName() + " is already provided by "
                                + provider(known) + ": give it another name or remove the jar");
            }
        }
        return new VindexRegistry(Collections.unmodifiableMap(factories));
    }

    private static String provider(VindexFactory factory) {
        return BuiltInVindexes.isBuiltIn(factory)
                ? "Vitess"
                : factory.getClass().getName();
    }

    /** The names of all types, sorted. */
    public SortedSet<String> types() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(factories.keySet()));
    }

    /**
     * A vindex of that type.
     *
     * @param params copied
     * @throws VtException UNKNOWN if there is no such type; INVALID_ARGUMENT, mostly, if a parameter is missing or wrong
     */
    public Vindex create(String type, String name, Map<String, String> params) {
        VindexFactory factory = factories.get(type);
        if (factory == null) {
            throw VtException.of(Code.UNKNOWN, "vindexType " + GoText.quote(type) + " not found");
        }
        return factory.create(name, Map.copyOf(params), this);
    }

    /**
     * The type that Vitess would choose for a column.
     *
     * @throws VtException INVALID_ARGUMENT if none is recommended
     */
    public static String recommended(SqlType columnType) {
        if (columnType.isIntegral() || columnType.isBinary()) {
            return "xxhash";
        }
        if (columnType.isText()) {
            return "unicode_loose_xxhash";
        }
        throw VtException.of(Code.INVALID_ARGUMENT, "type " + columnType + " is not recommended for a vindex");
    }
}
