package io.gossip.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Condition;

@AnalyzeClasses(packages = "io.gossip.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.gossip.(spring..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyKnowsTheAutoConfigurations =
      noClasses()
          .that()
          .resideOutsideOfPackage("..autoconfigure..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gossip.spring.autoconfigure..");

  @ArchTest
  static final ArchRule autoConfigurationsArePublicFinalAndShowNothing =
      classes()
          .that()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .bePublic()
          .andShould()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
          .andShould(new ShowNothing());

  @ArchTest
  static final ArchRule conditionsAreNotPublic =
      classes().that().areAssignableTo(Condition.class).should().notBePublic();

  @ArchTest
  static final ArchRule theNodeItsServiceAndItsEventsNeedNoSpringCloud =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.gossip.spring", "..spring.service..", "..spring.event..", "..diagnostics..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.cloud..", "org.springframework.boot.actuate..");

  @ArchTest
  static final ArchRule nobodyResolvesNamesBackwards =
      noClasses()
          .should()
          .callMethod(java.net.InetAddress.class, "getHostName")
          .orShould()
          .callMethod(java.net.InetAddress.class, "getCanonicalHostName")
          .orShould()
          .callMethod(java.net.InetSocketAddress.class, "getHostName");
}
