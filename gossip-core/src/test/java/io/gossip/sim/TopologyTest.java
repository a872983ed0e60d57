package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final Link NEAR = Link.even(Duration.ofMillis(1));
  private static final Link FAR = Link.even(Duration.ofMillis(40));

  private final Machines machines = new Machines();
  private final Paths paths = new Paths(machines);

  private Link between(String from, String to) {
    paths.zone(from, List.of(Simulation.address(0)));
    paths.zone(to, List.of(Simulation.address(1)));
    return paths.link(machines.at(Simulation.address(0)), machines.at(Simulation.address(1)));
  }

  @Test
  void processesAreDealtOutToRegionsAndZonesInTurn() {
    Topology world = new Topology().region("eu", 2, 2).zone("us/a", 1).zone("ap", 3);
    assertThat(world.deal())
        .containsExactly("eu/a", "us/a", "ap", "eu/b", "ap", "eu/a", "ap", "eu/b");
    assertThat(world.size()).isEqualTo(8);
    assertThat(world.regions()).containsExactly("eu", "us", "ap");
    assertThat(world.zones()).containsExactly("eu/a", "eu/b", "us/a", "ap");
  }

  @Test
  void classOfAPairOfZonesSaysHowGoodItsWaysAre() {
    Link within = Link.even(Duration.ofNanos(100_000));
    paths.all(Link.lan());
    paths.topology(
        new Topology()
            .sameZone(within)
            .sameRegion(NEAR)
            .betweenRegions(FAR)
            .betweenRegions("eu", "us", Link.wan(Duration.ofMillis(80))));
    assertThat(between("eu/a", "eu/a")).isEqualTo(within);
    assertThat(between("eu/a", "eu/b")).isEqualTo(NEAR);
    assertThat(between("eu/a", "ap/b")).isEqualTo(FAR);
    assertThat(between("us/a", "eu/a")).isEqualTo(Link.wan(Duration.ofMillis(80)));
    assertThat(between("", "eu/a")).isEqualTo(Link.lan());
  }

  @Test
  void zoneIsAsItsRegionUnlessSaidOtherwise() {
    paths.topology(new Topology().sameRegion(NEAR));
    assertThat(between("eu/a", "eu/a")).isEqualTo(NEAR);
    paths.all(FAR);
    assertThat(between("eu/a", "us/a")).isEqualTo(FAR);
  }

  @Test
  void linkOfTwoMachinesComesFirst() {
    paths.topology(new Topology().sameRegion(NEAR));
    paths.between(Simulation.address(0), Simulation.address(1), FAR);
    assertThat(between("eu/a", "eu/a")).isEqualTo(FAR);
  }

  @Test
  void greyRegionIsWorseToAndFromAllOthersUntilItIsRestored() {
    paths.topology(new Topology().sameRegion(NEAR).betweenRegions(FAR));
    paths.worsen("eu", link -> link.withLoss(0.3));
    assertThat(between("eu/a", "eu/b")).isEqualTo(NEAR.withLoss(0.3));
    assertThat(between("us/a", "eu/b")).isEqualTo(FAR.withLoss(0.3));
    assertThat(between("us/a", "ap/b")).isEqualTo(FAR);
    paths.worsen(link -> link.withDuplication(0.1));
    assertThat(between("us/a", "ap/b")).isEqualTo(FAR.withDuplication(0.1));
    assertThat(between("us/a", "eu/b")).isEqualTo(FAR.withLoss(0.3).withDuplication(0.1));
    paths.restore();
    assertThat(between("us/a", "eu/b")).isEqualTo(FAR);
  }

  @Test
  void processIsInTheZoneOfItsNumberAndItsMachineIsToo() {
    Simulation sim =
        new Simulation(1).topology(Topology.reference(2).sameRegion(Link.even(Duration.ZERO)));
    sim.nodes(7);
    List<String> zones = sim.nodes().stream().map(node -> node.self().zone()).toList();
    assertThat(zones).containsExactly("eu/a", "us/a", "ap/a", "eu/b", "us/b", "ap/b", "eu/a");
    Link link = sim.paths().link(sim.node(0).sockets().machine, sim.node(2).sockets().machine);
    assertThat(link.delay().least()).isEqualTo(Duration.ofMillis(120));
  }

  @Test
  void referenceWorldHasItsSize() {
    Topology world = Topology.reference(2_000);
    assertThat(world.size()).isEqualTo(6_000);
    assertThat(world.regions()).hasSize(3);
    for (String region : world.regions()) {
      assertThat(
              Collections.frequency(world.deal().stream().map(Topology::regionOf).toList(), region))
          .isEqualTo(2_000);
    }
  }
}
