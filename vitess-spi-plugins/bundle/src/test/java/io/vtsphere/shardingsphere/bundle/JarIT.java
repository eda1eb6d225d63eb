package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Executable;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drop-in jar itself: what is in it, and that it links in each host. */
class JarIT {
    private static final String HOST_PACKAGE = "org.apache.shardingsphere.";

    @Test
    void everyClass_isInOurPackages() throws Exception {
        try (JarFile jar = new JarFile(Bundle.JAR.toFile())) {
            List<String> classes = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
            assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith("io/vtsphere/"));
            assertThat(jar.stream().map(JarEntry::getName))
                    .as("files that would stand for two jars in one directory")
                    .noneMatch(name -> name.equals("logback.xml") || name.equals("module-info.class"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy-5.1.0", "proxy-5.1.1", "jdbc-5.5.2"})
    void everyUseOfTheHost_isThere(String host) throws Exception {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(location -> !location.contains("io/vtsphere/shaded/"))
                .importJar(new JarFile(Bundle.JAR.toFile()));
        List<String> missing = new ArrayList<>();
        int checked = 0;
        try (URLClassLoader application = Bundle.classLoader(host)) {
            for (JavaClass type : ours) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (access.getTargetOwner().getName().startsWith(HOST_PACKAGE)) {
                        checked++;
                        if (!exists(application, access.getTarget())) {
                            missing.add(access.getDescription());
                        }
                    }
                }
                // its super types, and that no method of theirs is left without a body
                Class<?> loaded = Class.forName(type.getName(), false, application);
                assertThat(loaded.getMethods()).isNotNull();
            }
        }
        assertThat(missing).isEmpty();
        assertThat(checked).isPositive();
    }

    private static boolean exists(ClassLoader application, AccessTarget target) throws ClassNotFoundException {
        if (!(target instanceof AccessTarget.CodeUnitAccessTarget unit)) {
            return true;
        }
        Class<?> owner = Class.forName(target.getOwner().getName(), false, application);
        List<String> parameters =
                unit.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        Stream<? extends Executable> candidates = unit instanceof AccessTarget.ConstructorCallTarget
                ? Arrays.stream(owner.getConstructors())
                : Arrays.stream(owner.getMethods())
                        .filter(method -> method.getName().equals(unit.getName())
                                && method.getReturnType()
                                        .getName()
                                        .equals(unit.getRawReturnType().getName()));
        return candidates.anyMatch(candidate -> Arrays.stream(candidate.getParameterTypes())
                .map(Class::getName)
                .toList()
                .equals(parameters));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy-5.1.0", "proxy-5.1.1", "jdbc-5.5.2"})
    void everyService_isMadeByTheHostsLoader(String host) throws Exception {
        try (URLClassLoader application = Bundle.classLoader(host)) {
            Class<?> spi = application.loadClass("org.apache.shardingsphere.sharding.spi.ShardingAlgorithm");
            List<String> ours = ServiceLoader.load(spi, application).stream()
                    .map(provider -> (Object) provider.get())
                    .map(algorithm -> algorithm.getClass().getName())
                    .filter(name -> name.startsWith("io.vtsphere."))
                    .toList();
            assertThat(ours).hasSize(15);
        }
    }
}
