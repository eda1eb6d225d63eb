package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drop-in jar itself: what is in it, and that it links in each host. */
class JarIT {
    /** By line: what the jar has only for the other one. */
    private static final String OTHER_LINE_IN_5_1 = ".v55";

    private static final String OTHER_LINE_IN_5_5 = ".v51";
    private static final String HOST_PACKAGE = "org.apache.shardingsphere.";

    private static final String INFRA = HOST_PACKAGE + "infra.";

    private static JavaClasses ours;

    @BeforeAll
    static void read() throws Exception {
        // what is called stands in the calling class; there is no need to read the called ones
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        ours = new ClassFileImporter()
                .withImportOption(location -> !location.contains("io/vtsphere/shaded/"))
                .importJar(new JarFile(Bundle.JAR.toFile()));
    }

    @AfterAll
    static void reset() {
        ArchConfiguration.get().reset();
    }

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
        List<String> missing = new ArrayList<>();
        int checked = 0;
        try (URLClassLoader application = Bundle.classLoader(host)) {
            String otherLine = host.endsWith("5.5.2") ? OTHER_LINE_IN_5_5 : OTHER_LINE_IN_5_1;
            for (JavaClass type : ours) {
                if (isFor(otherLine, type.getPackageName())) {
                    continue;
                }
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

    /** The root package's few classes are named by their line's module. */
    private static boolean isFor(String line, String name) {
        return name.endsWith(line) || line.equals(OTHER_LINE_IN_5_5) && name.equals("io.vtsphere.shardingsphere");
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
            String keyGenerators = host.endsWith("5.5.2")
                    ? "org.apache.shardingsphere.infra.algorithm.keygen.core.KeyGenerateAlgorithm"
                    : "org.apache.shardingsphere.sharding.spi.KeyGenerateAlgorithm";
            assertThat(ours(application, "org.apache.shardingsphere.sharding.spi.ShardingAlgorithm"))
                    .hasSize(15);
            assertThat(ours(application, keyGenerators)).hasSize(1);
            String loadBalancers = host.endsWith("5.5.2")
                    ? INFRA + "algorithm.loadbalancer.core.LoadBalanceAlgorithm"
                    : HOST_PACKAGE + "readwritesplitting.spi.ReplicaLoadBalanceAlgorithm";
            assertThat(ours(application, loadBalancers)).hasSize(1);
            String swappers = host.endsWith("5.5.2") ? "swapper.rule." : "swapper.";
            assertThat(ours(application, INFRA + "yaml.config." + swappers + "YamlRuleConfigurationSwapper"))
                    .hasSize(1);
            // both lines' in both, where only its own is of use
            assertThat(ours(application, INFRA + "rule.builder.global.GlobalRuleBuilder"))
                    .hasSize(2);
        }
    }

    private static List<String> ours(ClassLoader application, String spi) throws ClassNotFoundException {
        return ServiceLoader.load(application.loadClass(spi), application).stream()
                .map(provider -> (Object) provider.get())
                .map(service -> service.getClass().getName())
                .filter(name -> name.startsWith("io.vtsphere."))
                .toList();
    }
}
