package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page on meters, against those that an application has. */
class MetersPageTest {

  private static Observed application;

  @BeforeAll
  static void start() {
    application = new Observed();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void thePageHasARowForEachMeterAndNoOther() {
    List<String> expected = MetersPage.rows(application.meters(), application.scrape());
    assertThat(MetersPage.rows())
        .as("rows should be\n%s\n", String.join("\n", expected))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyMeterBearsTheNameOfItsCluster() {
    assertThat(application.meters())
        .extracting(meter -> meter.getId().getTag(Observed.CLUSTER))
        .containsOnly(application.clusterName());
  }

  @Test
  void tagsHaveFewValues() {
    assertThat(application.meters()).hasSizeLessThan(250);
  }
}
