package io.vtsphere.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The module arrows of ARCHITECTURE.md, and what the query path may not call. */
@AnalyzeClasses(packages = "io.vtsphere", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MODULE_ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("vindex")
            .definedBy("io.vtsphere.vindex..", "io.vtsphere.sqltypes..", "io.vtsphere.vterrors..")
            .layer("topology")
            .definedBy("io.vtsphere.topo..")
            .layer("wire")
            .definedBy("io.vtsphere.mysql..")
            .layer("ops")
            .definedBy("io.vtsphere.ops..")
            .layer("sql")
            .definedBy("io.vtsphere.sql..")
            .layer("gateway")
            .definedBy("io.vtsphere.gateway..")
            .layer("tablet")
            .definedBy("io.vtsphere.tablet..")
            .layer("planner")
            .definedBy("io.vtsphere.planner..")
            .layer("executor")
            .definedBy("io.vtsphere.executor..")
            .layer("frontend")
            .definedBy("io.vtsphere.frontend..")
            .layer("shardingsphere")
            .definedBy("io.vtsphere.shardingsphere..")
            .layer("testkit")
            .definedBy("io.vtsphere.testkit..")
            .layer("test-cluster")
            .definedBy("io.vtsphere.testcluster..")
            .layer("distribution")
            .definedBy("io.vtsphere.distribution..")
            .whereLayer("distribution")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("shardingsphere")
            .mayOnlyBeAccessedByLayers("distribution")
            .whereLayer("test-cluster")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("tablet")
            .mayOnlyBeAccessedByLayers("test-cluster", "distribution")
            .whereLayer("testkit")
            .mayOnlyBeAccessedByLayers("test-cluster", "distribution")
            .whereLayer("frontend")
            .mayOnlyBeAccessedByLayers("shardingsphere", "distribution")
            .whereLayer("executor")
            .mayOnlyBeAccessedByLayers("frontend", "shardingsphere")
            .whereLayer("planner")
            .mayOnlyBeAccessedByLayers("executor", "shardingsphere")
            .whereLayer("gateway")
            .mayOnlyBeAccessedByLayers("executor", "frontend", "shardingsphere")
            .whereLayer("sql")
            .mayOnlyBeAccessedByLayers("planner", "executor", "frontend", "tablet", "shardingsphere", "distribution")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("tablet", "frontend", "shardingsphere")
            .whereLayer("ops")
            .mayOnlyBeAccessedByLayers("tablet", "frontend", "shardingsphere", "distribution")
            .whereLayer("topology")
            .mayOnlyBeAccessedByLayers(
                    "gateway",
                    "tablet",
                    "planner",
                    "executor",
                    "frontend",
                    "shardingsphere",
                    "test-cluster",
                    "distribution");

    @ArchTest
    static final ArchRule NO_TOPOLOGY_CALL_ON_THE_QUERY_PATH = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.vtsphere.frontend", "io.vtsphere.executor..", "io.vtsphere.planner..", "io.vtsphere.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vtsphere.topo.connection..", "io.vtsphere.topo.server..", "io.vtsphere.topo.watch..");

    /** What the front end and the gateway do, they do on event loops. */
    @ArchTest
    static final ArchRule NO_BLOCKING_CALL_ON_EVENT_LOOPS = noClasses()
            .that()
            .resideInAnyPackage("io.vtsphere.frontend", "io.vtsphere.mysql..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Future.class, "get")
            .orShould()
            .callMethod(CompletableFuture.class, "get")
            .orShould()
            .callMethod(CompletableFuture.class, "join")
            .orShould()
            .callMethod(CountDownLatch.class, "await")
            .orShould()
            .callMethod(Semaphore.class, "acquire")
            .orShould()
            .callMethod(BlockingQueue.class, "take")
            .orShould()
            .callMethod(Object.class, "wait");

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_MODULES =
            slices().matching("io.vtsphere.(*)..").should().beFreeOfCycles();
}
