package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.sample.ModuloFactory;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VindexRegistryTest {
    @TempDir
    private Path directory;

    @Test
    void types_withoutJars_areVitess() {
        assertThat(VindexRegistry.load().types())
                .containsExactly(
                        "binary",
                        "binary_md5",
                        "cfc",
                        "consistent_lookup",
                        "consistent_lookup_unique",
                        "hash",
                        "lookup",
                        "lookup_cost",
                        "lookup_hash",
                        "lookup_hash_unique",
                        "lookup_unicodeloosemd5_hash",
                        "lookup_unicodeloosemd5_hash_unique",
                        "lookup_unique",
                        "multicol",
                        "null",
                        "numeric",
                        "numeric_static_map",
                        "region_experimental",
                        "region_json",
                        "reverse_bits",
                        "unicode_loose_md5",
                        "unicode_loose_xxhash",
                        "xxhash");
    }

    @Test
    void create_unknownType_isNamed() {
        assertThatThrownBy(() -> VindexRegistry.load().create("ha\"sh", "h", Map.of()))
                .isInstanceOf(VtException.class)
                .hasMessage("vindexType \"ha\\\"sh\" not found");
    }

    @Test
    void load_jarOnTheClassPath_addsItsType() throws IOException {
        Path jar = jar("io.vtsphere.vindex.sample.ModuloFactory", "ModuloFactory", "ModuloVindex");
        VindexRegistry registry = load(jar);
        assertThat(registry.types()).contains("modulo", "hash");
        SingleColumnVindex vindex = (SingleColumnVindex) registry.create("modulo", "m", Map.of("buckets", "4"));
        assertThat(vindex.map(SqlValue.int64(-1))).isEqualTo(KeyspaceId.ofHex("c0"));
        assertThat(vindex.getClass().getClassLoader()).isNotSameAs(getClass().getClassLoader());
        assertThatThrownBy(() -> registry.create("modulo", "m", Map.of("buckets", "0")))
                .hasMessage("buckets must be 1 to 256: 0");
    }

    @Test
    void load_jarThatNamesNoProvider_isRefused() throws IOException {
        Path jar = jar("io.vtsphere.vindex.sample.Nowhere");
        assertThatThrownBy(() -> load(jar))
                .isInstanceOf(VtException.class)
                .hasMessageStartingWith("a jar of vindex types cannot be loaded: ")
                .hasMessageContaining("io.vtsphere.vindex.sample.Nowhere")
                .extracting(e -> ((VtException) e).code())
                .isEqualTo(Code.FAILED_PRECONDITION);
    }

    @Test
    void with_builtInName_isRefused() {
        VindexFactory clash = new VindexFactory() {
            @Override
            public String type() {
                return "hash";
            }

            @Override
            public Vindex create(String name, Map<String, String> params, VindexRegistry registry) {
                throw new AssertionError("not reached");
            }
        };
        assertThatThrownBy(() -> VindexRegistry.with(List.of(clash)))
                .isInstanceOf(VtException.class)
                .hasMessageStartingWith(
                        "vindex type \"hash\" of " + clash.getClass().getName() + " is already provided by")
                .extracting(e -> ((VtException) e).code())
                .isEqualTo(Code.ALREADY_EXISTS);
    }

    @Test
    void with_twoProvidersOfOneType_isRefused() {
        assertThatThrownBy(() -> VindexRegistry.with(List.of(new ModuloFactory(), new ModuloFactory())))
                .hasMessageStartingWith("vindex type \"modulo\"");
    }

    @Test
    void create_params_areCopied() {
        assertThat(VindexRegistry.with(List.of(new ModuloFactory())).types()).hasSize(24);
    }

    /** What a third party would build: the classes, and the file that names the provider. */
    private Path jar(String provider, String... classes) throws IOException {
        Path jar = directory.resolve("modulo.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("META-INF/services/" + VindexFactory.class.getName()));
            zip.write(provider.getBytes(StandardCharsets.UTF_8));
            for (String name : classes) {
                String entry = "io/vtsphere/vindex/sample/" + name + ".class";
                zip.putNextEntry(new ZipEntry(entry));
                try (InputStream in = getClass().getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(zip);
                }
            }
        }
        return jar;
    }

    /** As if the jar were the class path: its classes do not come from the tests'. */
    private VindexRegistry load(Path jar) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader withoutSample = new ClassLoader(before) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("io.vtsphere.vindex.sample.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, withoutSample);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return VindexRegistry.load();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
