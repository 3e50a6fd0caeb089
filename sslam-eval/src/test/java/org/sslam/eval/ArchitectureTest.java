package org.sslam.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house, over the classes of all modules. */
@AnalyzeClasses(packages = "org.sslam", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule CORE_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("org.sslam.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sslam.audio..", "org.sslam.models..", "org.sslam.train..", "org.sslam.eval..");

    @ArchTest
    static final ArchRule AUDIO_KNOWS_CORE_ONLY = noClasses()
            .that()
            .resideInAPackage("org.sslam.audio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sslam.models..", "org.sslam.train..", "org.sslam.eval..");

    @ArchTest
    static final ArchRule MODELS_DO_NOT_KNOW_TRAINING = noClasses()
            .that()
            .resideInAPackage("org.sslam.models..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sslam.train..", "org.sslam.eval..");

    @ArchTest
    static final ArchRule TRAINING_DOES_NOT_KNOW_EVALUATION = noClasses()
            .that()
            .resideInAPackage("org.sslam.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sslam.eval..");

    @ArchTest
    static final ArchRule EVERY_CLASS_LIVES_IN_A_MODULE = classes()
            .should()
            .resideInAnyPackage(
                    "org.sslam.core..",
                    "org.sslam.audio..",
                    "org.sslam.models..",
                    "org.sslam.train..",
                    "org.sslam.eval..");

    @ArchTest
    static final ArchRule NOTHING_IS_DESERIALISED_BY_JAVA =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule COMMAND_LINE_AND_CHARTS_STAY_IN_EVALUATION = noClasses()
            .that()
            .resideOutsideOfPackage("org.sslam.eval..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "org.knowm.xchart..");

    @ArchTest
    static final ArchRule FFMPEG_STAYS_IN_THE_DECODER = noClasses()
            .that()
            .resideOutsideOfPackage("org.sslam.audio.decode..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule ROOMS_OF_CORE_FORM_NO_CYCLE =
            slices().matching("org.sslam.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_OF_AUDIO_FORM_NO_CYCLE =
            slices().matching("org.sslam.audio.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_OF_MODELS_FORM_NO_CYCLE =
            slices().matching("org.sslam.models.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_OF_TRAINING_FORM_NO_CYCLE =
            slices().matching("org.sslam.train.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_OF_EVALUATION_FORM_NO_CYCLE =
            slices().matching("org.sslam.eval.(*)..").should().beFreeOfCycles();
}
