package io.breadcrumbs.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the modules' directions, and no cycles between packages. */
@AnalyzeClasses(packages = "io.breadcrumbs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SCHEMAS = "io.breadcrumbs.schemas..";
    private static final String SDK = "io.breadcrumbs.sdk..";
    private static final String RUNNER = "io.breadcrumbs.runner..";
    private static final String ENGINE = "io.breadcrumbs.engine..";
    private static final String API = "io.breadcrumbs.api..";
    private static final String LOCAL = "io.breadcrumbs.local..";

    @ArchTest
    static final ArchRule schemasKnowNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(SCHEMAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SDK, RUNNER, ENGINE, API, LOCAL);

    @ArchTest
    static final ArchRule sdkKnowsSchemasOnly = noClasses()
            .that()
            .resideInAPackage(SDK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNNER, ENGINE, API, LOCAL)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule runnerKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(RUNNER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, API, LOCAL)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule engineKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNNER, API, LOCAL)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule apiKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNNER, ENGINE, LOCAL);

    /** Workflow decisions are pure: they run anywhere, and fold the same everywhere. */
    @ArchTest
    static final ArchRule workflowPackagesUseTheJdkOnly = noClasses()
            .that()
            .resideInAPackage("io.breadcrumbs.sdk.workflow..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.breadcrumbs.sdk.workflow..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.breadcrumbs.(**)").should().beFreeOfCycles();
}
