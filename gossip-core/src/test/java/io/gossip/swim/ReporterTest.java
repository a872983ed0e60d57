package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.NodeId;
import io.gossip.swim.SwimReport.MemberReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReporterTest {

  @Test
  void membersAreReportedInTheOrderOfTheirNames() {
    Stage stage = new Stage();
    stage.members(20);

    List<MemberReport> members = stage.swim.report(stage.now()).members();

    List<NodeId> names = members.stream().map(report -> report.member().id()).toList();
    assertThat(names).hasSize(21).isSorted();
  }
}
