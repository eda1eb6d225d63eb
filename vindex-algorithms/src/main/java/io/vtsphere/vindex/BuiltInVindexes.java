package io.vtsphere.vindex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Vitess' own vindex types. */
final class BuiltInVindexes {
    private BuiltInVindexes() {}

    static List<VindexFactory> factories() {
        List<VindexFactory> factories = new ArrayList<>(functional());
        for (LookupType type : LookupType.values()) {
            factories.add(of(
                    type.typeName(),
                    (name, params, registry) -> type.consistent()
                            ? new ConsistentLookup(type, name, params)
                            : new TableLookup(type, name, params)));
        }
        return factories;
    }

    static boolean isBuiltIn(VindexFactory factory) {
        return factory instanceof BuiltIn;
    }

    private static List<VindexFactory> functional() {
        return List.of(
                of("binary", (name, params, registry) -> new Binary(name, params)),
                of("binary_md5", (name, params, registry) -> new BinaryMd5(name, params)),
                of("cfc", (name, params, registry) -> new Cfc(name, params)),
                of("hash", (name, params, registry) -> new Hash(name, params)),
                of("multicol", MultiCol::create),
                of("null", (name, params, registry) -> new NullVindex(name, params)),
                of("numeric", (name, params, registry) -> new Numeric(name, params)),
                of("numeric_static_map", NumericStaticMap::new),
                of("region_experimental", (name, params, registry) -> new RegionExperimental(name, params)),
                of("region_json", (name, params, registry) -> new RegionJson(name, params)),
                of("reverse_bits", (name, params, registry) -> new ReverseBits(name, params)),
                of("unicode_loose_md5", (name, params, registry) -> UnicodeLoose.md5(name, params)),
                of("unicode_loose_xxhash", (name, params, registry) -> UnicodeLoose.xxhash(name, params)),
                of("xxhash", (name, params, registry) -> new XxHash(name, params)));
    }

    private static VindexFactory of(String type, Creator creator) {
        return new BuiltIn(type, creator);
    }

    private interface Creator {
        Vindex create(String name, Map<String, String> params, VindexRegistry registry);
    }

    private record BuiltIn(String type, Creator creator) implements VindexFactory {
        @Override
        public Vindex create(String name, Map<String, String> params, VindexRegistry registry) {
            return creator.create(name, params, registry);
        }
    }
}
