package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MembershipEvent.Connected;
import io.gossip.membership.MembershipEvent.Isolated;
import io.gossip.membership.NodeId;
import io.gossip.swim.SwimReport.MemberReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReporterTest {

  @Test
  void whoWasAloneForLongIsNotIsolatedWhenTheFirstOtherComes() {
    Stage stage = new Stage();
    stage.passes(Duration.ofSeconds(30));
    Stage.Actor first = stage.stranger("b");
    first.answers = false; // its answer would be a first sound
    first.says(first.alive());
    stage.passes(Duration.ofSeconds(1));

    assertThat(stage.events())
        .hasAtLeastOneElementOfType(Connected.class)
        .doesNotHaveAnyElementsOfTypes(Isolated.class);
    assertThat(stage.swim.phase()).isEqualTo(SwimReport.Phase.JOINED);
  }

  @Test
  void membersAreReportedInTheOrderOfTheirNames() {
    Stage stage = new Stage();
    stage.members(20);

    List<MemberReport> members = stage.swim.report(stage.now()).members();

    List<NodeId> names = members.stream().map(report -> report.member().id()).toList();
    assertThat(names).hasSize(21).isSorted();
  }
}
