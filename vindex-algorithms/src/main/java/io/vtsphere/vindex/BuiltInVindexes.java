package io.vtsphere.vindex;

import java.util.List;
import java.util.Map;

/** Vitess' own vindex types. */
final class BuiltInVindexes {
    private BuiltInVindexes() {}

    static List<VindexFactory> factories() {
        return List.of(of("hash", (name, params, registry) -> new Hash(name, params)));
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
