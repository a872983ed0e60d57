package io.gossip.spring.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.service.Members;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransitionsTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member STOCK =
      Members.inZone(Members.serving("stock-1", "stock", 80), "eu-1a");
  private static final Member DEAD = STOCK.with(MemberStatus.DEAD);
  private static final Membership VIEW = Members.view(SELF, STOCK);
  private static final List<Accusation> ACCUSED = List.of(new Accusation("self", Evidence.REFUSED));

  @Test
  void everyKindOfEventHasItsWord() {
    List<MembershipEvent> all =
        List.of(
            new MembershipEvent.Joined(STOCK),
            new MembershipEvent.Updated(STOCK, Members.with(STOCK, "service.status", "STARTING")),
            new MembershipEvent.Restarted(STOCK, STOCK),
            new MembershipEvent.Suspected(STOCK, ACCUSED),
            new MembershipEvent.Recovered(STOCK),
            new MembershipEvent.Failed(DEAD, ACCUSED, Duration.ofSeconds(1)),
            new MembershipEvent.Left(STOCK.with(MemberStatus.LEFT)),
            new MembershipEvent.Forgotten(DEAD),
            new MembershipEvent.ZoneUnreachable(SELF, "b", List.of(STOCK)),
            new MembershipEvent.ZoneReachable(SELF, "b", List.of(STOCK)),
            new MembershipEvent.Isolated(SELF),
            new MembershipEvent.Connected(SELF),
            new MembershipEvent.Conflict(
                SELF, new InetSocketAddress(InetAddress.getLoopbackAddress(), 7)));
    assertThat(all)
        .extracting(event -> (Object) event.getClass())
        .containsExactlyInAnyOrder((Object[]) MembershipEvent.class.getPermittedSubclasses());
    List<TransitionType> types = new ArrayList<>();
    for (MembershipEvent event : all) {
      Transition told = told(event);
      assertThat(told.reason()).isNotBlank().doesNotEndWith(".");
      assertThat(told.member()).isEqualTo(event.member().id().value());
      types.add(told.type());
    }
    types.add(Transitions.resync(VIEW, 1).type());
    assertThat(types).containsExactly(TransitionType.values());
  }

  @Test
  void aFailureIsToldWithItsReasonAndWhoFoundIt() {
    MembershipEvent.Failed failed =
        new MembershipEvent.Failed(DEAD, ACCUSED, Duration.ofMillis(1500));
    assertThat(told(failed))
        .isEqualTo(
            new Transition(
                TransitionType.FAILED,
                "stock-1",
                "eu-1a",
                "stock",
                failed.reason(),
                List.of("self")));
    assertThat(failed.reason()).contains("connection refused").contains("1500 ms");
  }

  @Test
  void aReturnIsNoNewcomerAndARestartIsNoReturn() {
    assertThat(told(new MembershipEvent.Joined(STOCK)).reason())
        .isEqualTo("new here, at 127.0.0.1:7946");
    assertThat(told(new MembershipEvent.Joined(STOCK, DEAD)).reason())
        .isEqualTo("back, at 127.0.0.1:7946");
    assertThat(told(new MembershipEvent.Joined(Members.restarted(STOCK), DEAD)).reason())
        .isEqualTo("a new process at 127.0.0.1:7946, under a name that had failed or left");
  }

  @Test
  void anUpdateSaysWhatChanged() {
    Member starting = Members.with(STOCK, "service.status", "STARTING");
    assertThat(update(starting, STOCK)).isEqualTo("status from STARTING to UP");
    Member newer =
        Members.with(Members.with(STOCK, "service.version", "1.1"), "service.id", "shop");
    assertThat(update(STOCK, newer))
        .isEqualTo("service from stock to shop; version from none to 1.1");
    assertThat(update(STOCK, Members.at(STOCK, 7947)))
        .isEqualTo("address from 127.0.0.1:7946 to 127.0.0.1:7947");
    assertThat(update(STOCK, Members.inZone(STOCK, ""))).isEqualTo("zone from eu-1a to none");
    Member bare = STOCK.withState(2, Map.of());
    assertThat(update(STOCK, bare)).isEqualTo("service stock withdrawn");
    assertThat(update(bare, STOCK)).isEqualTo("service stock announced as UP");
  }

  @Test
  void aZoneThatIsCutOffIsToldUnderItsOwnName() {
    Transition cut = told(new MembershipEvent.ZoneUnreachable(SELF, "eu", List.of(STOCK, SELF)));
    assertThat(cut.zone()).isEqualTo("eu");
    assertThat(cut.member()).isEqualTo("self");
    assertThat(cut.reason()).isEqualTo("cut off; its 2 members are kept, and used last");
  }

  @Test
  void whateverTheNetworkSaysItStaysShort() {
    List<Accusation> crowd =
        IntStream.range(0, 500)
            .mapToObj(i -> new Accusation("a-" + i + "x".repeat(400), Evidence.SILENT))
            .toList();
    Transition told = told(new MembershipEvent.Suspected(Members.inZone(STOCK, "z"), crowd));
    assertThat(told.by())
        .hasSize(8)
        .allSatisfy(name -> assertThat(name).hasSize(255).endsWith("…"));
    assertThat(told.reason()).hasSize(300).endsWith("…");
    Transition emoji =
        new Transition(TransitionType.JOINED, "\ud83d\ude00".repeat(200), "", null, "", List.of());
    assertThat(emoji.member()).endsWith("\ude00…").hasSizeLessThanOrEqualTo(255);
  }

  @Test
  void noControlCharacterComesThrough() {
    Member evil = Members.with(STOCK, "service.version", "1\u001b[2J\r\nfailed\u009b");
    assertThat(update(STOCK, evil)).isEqualTo("version from none to 1 [2J  failed ");
  }

  private static String update(Member before, Member now) {
    return told(new MembershipEvent.Updated(now, before)).reason();
  }

  private static Transition told(MembershipEvent event) {
    return Objects.requireNonNull(Transitions.of(event, VIEW));
  }
}
