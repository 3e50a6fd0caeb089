package org.sslam.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house, over the classes of all modules. */
class ArchitectureTest {
    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("org.sslam");
        List.of("core", "audio", "models", "train", "eval")
                .forEach(module -> assertTrue(
                        all.stream().anyMatch(c -> c.getPackageName().startsWith("org.sslam." + module + ".")),
                        "the classes of " + module + " are on the class path"));
    }

    @Test
    void coreKnowsNoOtherModule() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.sslam.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sslam.audio..", "org.sslam.models..", "org.sslam.train..", "org.sslam.eval..");
        rule.check(all);
    }

    @Test
    void audioKnowsCoreOnly() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.sslam.audio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sslam.models..", "org.sslam.train..", "org.sslam.eval..");
        rule.check(all);
    }

    @Test
    void modelsDoNotKnowTraining() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.sslam.models..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sslam.train..", "org.sslam.eval..");
        rule.check(all);
    }

    @Test
    void trainingDoesNotKnowEvaluation() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.sslam.train..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.sslam.eval..");
        rule.check(all);
    }

    @Test
    void everyClassLivesInAModule() {
        ArchRule rule = classes()
                .should()
                .resideInAnyPackage(
                        "org.sslam.core..",
                        "org.sslam.audio..",
                        "org.sslam.models..",
                        "org.sslam.train..",
                        "org.sslam.eval..");
        rule.check(all);
    }

    @Test
    void nothingIsDeserialisedByJava() {
        ArchRule rule = noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");
        rule.check(all);
    }

    @Test
    void commandLineAndChartsStayInEvaluation() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.sslam.eval..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "org.knowm.xchart..");
        rule.check(all);
    }

    @Test
    void ffmpegStaysInTheDecoder() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.sslam.audio.decode..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..");
        rule.check(all);
    }

    /** Such a scalar is borrowed from Java and freed at once, while a recorded graph may keep it. */
    @Test
    void noGraphIsBuiltWithScalarsOfTheArrayApi() {
        noClasses()
                .that()
                .resideInAnyPackage("org.sslam.models..", "org.sslam.train..")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "NDArray method with a Number",
                        (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(NDArray.class)
                                && call.getTarget().getRawParameterTypes().stream()
                                        .anyMatch(p -> p.isEquivalentTo(Number.class))))
                .check(all);
    }

    /** Records say when they were made; beyond that no result may depend on a clock, which can jump. */
    @Test
    void onlyRecordsReadTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sslam.core.run..")
                .and()
                .haveNameNotMatching("org\\.sslam\\.train\\.run\\.RunProvenance|org\\.sslam\\.eval\\..*")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(Files.class, "getLastModifiedTime", Path.class, LinkOption[].class)
                .orShould()
                .callMethod(File.class, "lastModified")
                .check(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "audio", "models", "train", "eval"})
    void roomsOfAModuleFormNoCycle(String module) {
        slices().matching("org.sslam." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(all);
    }
}
