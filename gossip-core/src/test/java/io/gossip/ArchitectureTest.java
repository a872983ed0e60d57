package io.gossip;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.gossip.swim.GossipMode;
import io.gossip.swim.Misconduct;
import io.gossip.swim.Output;
import io.gossip.swim.Rule;
import io.gossip.swim.Seed;
import io.gossip.swim.Sharing;
import io.gossip.swim.Signer;
import io.gossip.swim.StreamEnd;
import io.gossip.swim.Swim;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimConfigBuilder;
import io.gossip.swim.SwimLoad;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import java.util.List;

/** The chain of packages, and what the state machine must not know. */
@AnalyzeClasses(packages = "io.gossip", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] STATE_MACHINE = {
    "io.gossip.membership..", "io.gossip.wire..", "io.gossip.swim..", "io.gossip.crypto.."
  };
  private static final List<Class<?>> DOORS =
      List.of(
          Swim.class,
          SwimConfig.class,
          SwimConfigBuilder.class,
          GossipMode.class,
          Rule.class,
          SwimStats.class,
          SwimReport.class,
          SwimLoad.class,
          Seed.class,
          StreamEnd.class,
          Output.class,
          Sharing.class,
          Signer.class,
          Misconduct.class);

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("(io.gossip..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule membershipImportsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.gossip.membership")
          .should()
          .dependOnClassesThat(oursOutside("io.gossip.membership"));

  @ArchTest
  static final ArchRule wireImportsOnlyMembership =
      noClasses()
          .that()
          .resideInAPackage("io.gossip.wire")
          .should()
          .dependOnClassesThat(oursOutside("io.gossip.wire", "io.gossip.membership"));

  @ArchTest
  static final ArchRule swimImportsOnlyWireAndMembership =
      noClasses()
          .that()
          .resideInAPackage("io.gossip.swim")
          .should()
          .dependOnClassesThat(
              oursOutside("io.gossip.swim", "io.gossip.wire", "io.gossip.membership"));

  @ArchTest
  static final ArchRule cryptoImportsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.gossip.crypto")
          .should()
          .dependOnClassesThat(oursOutside("io.gossip.crypto"));

  @ArchTest
  static final ArchRule onlyTheShellAndItsUsersImportCrypto =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gossip.crypto", "io.gossip.netty", "io.gossip")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gossip.crypto");

  @ArchTest
  static final ArchRule nettyImportsOnlyWhatIsToItsLeft =
      noClasses()
          .that()
          .resideInAPackage("io.gossip.netty")
          .should()
          .dependOnClassesThat(
              oursOutside(
                  "io.gossip.netty",
                  "io.gossip.swim",
                  "io.gossip.wire",
                  "io.gossip.membership",
                  "io.gossip.crypto"));

  @ArchTest
  static final ArchRule theStateMachineKnowsNoIoAndNoThreads =
      noClasses()
          .that()
          .resideInAnyPackage(STATE_MACHINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "org.slf4j..",
              "java.io..",
              "java.nio.channels..",
              "java.nio.file..",
              "java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, ThreadLocal.class, java.util.Timer.class);

  @ArchTest
  static final ArchRule theStateMachineReadsNoClockAndOwnsNoRandomness =
      noClasses()
          .that()
          .resideInAnyPackage(STATE_MACHINE)
          .should()
          .callMethodWhere(calls("nanoTime", System.class))
          .orShould()
          .callMethodWhere(calls("currentTimeMillis", System.class))
          .orShould()
          .callMethodWhere(calls("random", Math.class))
          .orShould()
          .callMethodWhere(calls("identityHashCode", System.class))
          .orShould()
          .callMethod(java.util.Collections.class, "shuffle", List.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.time.Clock.class,
              java.time.Instant.class,
              java.util.UUID.class,
              java.util.Random.class,
              java.util.SplittableRandom.class,
              java.security.SecureRandom.class);

  @ArchTest
  static final ArchRule theStateMachineNeverIteratesInHashOrder =
      noClasses()
          .that()
          .resideInAnyPackage(STATE_MACHINE)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.HashMap.class,
              java.util.HashSet.class,
              java.util.Hashtable.class,
              java.util.WeakHashMap.class,
              java.util.IdentityHashMap.class)
          .orShould()
          .callMethodWhere(
              calls("of", java.util.Map.class)
                  .or(calls("ofEntries", java.util.Map.class))
                  .or(calls("copyOf", java.util.Map.class))
                  .or(calls("of", java.util.Set.class))
                  .or(calls("copyOf", java.util.Set.class)))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.stream.Collectors.class);

  @ArchTest
  static final ArchRule thePartsOfTheStateMachineStayInside =
      classes()
          .that()
          .resideInAPackage("io.gossip.swim")
          .and()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .should(be(belongToAnyOf(DOORS.toArray(new Class<?>[0]))));

  @ArchTest
  static final ArchRule nobodyReadsObjectsFromStreams =
      noClasses().should().dependOnClassesThat().belongToAnyOf(java.io.ObjectInputStream.class);

  private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
    List<String> allowed = List.of(packages);
    return describe(
        "are ours and outside " + allowed,
        type ->
            type.getPackageName().startsWith("io.gossip")
                && !allowed.contains(type.getPackageName()));
  }

  private static DescribedPredicate<JavaMethodCall> calls(String method, Class<?> owner) {
    return describe(
        owner.getSimpleName() + "." + method,
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && call.getTarget().getName().equals(method));
  }
}
