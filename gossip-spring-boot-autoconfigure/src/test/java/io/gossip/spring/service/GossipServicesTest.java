package io.gossip.spring.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GossipServicesTest {

  private static final Member SELF = Members.serving("m0", "shop", 80);
  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);

  private final AtomicReference<Membership> view = new AtomicReference<>(Members.view(SELF, B, A));
  private final GossipServices services = new GossipServices(view::get, true);

  @Test
  void instancesAreOrderedByInstanceId() {
    Member first = Members.with(B, "service.instance", "0-first");
    view.set(Members.view(SELF, A, first));
    assertThat(ids("stock")).containsExactly("0-first", "a");
    assertThat(services.names()).containsExactly("shop", "stock");
  }

  @Test
  void aDirectoryIsMadeOncePerView() {
    ServiceDirectory directory = services.current();
    assertThat(services.current()).isSameAs(directory);
    view.set(Members.view(SELF, A, B));
    assertThat(services.current()).isNotSameAs(directory);
  }

  @Test
  void aListStaysTheSameObjectWhileNothingInItChanges() {
    List<GossipInstance> stock = services.instances("stock");
    List<GossipInstance> shop = services.instances("shop");
    view.set(Members.view(SELF, A, Members.with(B, "meta.tier", "gold")));
    assertThat(services.instances("shop")).isSameAs(shop);
    assertThat(services.instances("stock")).isNotSameAs(stock).first().isSameAs(stock.get(0));
  }

  @Test
  void suspicionIsSeenAndDoesNotHideAnInstance() {
    services.current();
    view.set(Members.view(SELF, A, Members.suspected(B)));
    assertThat(services.instances("stock"))
        .extracting(GossipInstance::isSuspect)
        .containsExactly(false, true);
  }

  @Test
  void aRestartWithTheSameStateIsAnotherInstance() {
    GossipInstance former = services.instances("stock").get(0);
    Member restarted =
        new Member(
            A.id(),
            A.generation() + 1,
            0,
            A.status(),
            A.address(),
            A.zone(),
            A.protocol(),
            A.stateVersion(),
            A.state());
    view.set(Members.view(SELF, restarted, B));
    assertThat(services.instances("stock").get(0)).isNotSameAs(former);
    assertThat(services.instances("stock").get(0).member().generation()).isEqualTo(1_001);
  }

  @ParameterizedTest
  @CsvSource({
    "service.status, STARTING",
    "service.status, OUT_OF_SERVICE",
    "service.status, DOWN",
    "service.status, LEAVING",
    "service.port, 0",
    "service.weight, 0"
  })
  void anInstanceThatCannotOrWillNotBeCalledIsHidden(String key, String value) {
    view.set(Members.view(SELF, A, Members.with(B, key, value)));
    assertThat(ids("stock")).containsExactly("a");
    assertThat(services.current().all()).hasSize(3);
    assertThat(services.current().of(B.id())).isNotNull();
  }

  @Test
  void aMemberWithoutAServiceIsNoInstance() {
    Member watcher = Members.member("w", Map.of());
    view.set(Members.view(SELF, watcher));
    assertThat(services.names()).containsExactly("shop");
    assertThat(services.current().of(watcher.id())).isNull();
    assertThat(services.instances("stock")).isEmpty();
  }

  @Test
  void thisNodeCanBeLeftOut() {
    GossipServices others = new GossipServices(view::get, false);
    assertThat(others.names()).containsExactly("stock");
    assertThat(others.current().of(SELF.id())).isNotNull();
  }

  @Test
  void aDirectoryMadeOfTheOneBeforeSaysTheSameAsOneMadeAnew() {
    Random random = new Random(7);
    TreeMap<NodeId, Member> members = new TreeMap<>();
    for (int step = 0; step < 2000; step++) {
      Member member =
          Members.serving("n" + random.nextInt(30), "s" + random.nextInt(4), random.nextInt(3));
      switch (random.nextInt(4)) {
        case 0 -> members.remove(member.id());
        case 1 -> members.computeIfPresent(member.id(), (id, m) -> Members.suspected(m));
        case 2 -> members.put(member.id(), Members.member(member.id().value(), Map.of()));
        default -> members.put(member.id(), member);
      }
      view.set(Members.view(SELF, members.values().toArray(new Member[0])));
      ServiceDirectory kept = services.current();
      ServiceDirectory anew = new GossipServices(view::get, true).current();
      assertThat(kept.services()).containsExactlyElementsOf(anew.services());
      anew.services().forEach(id -> assertThat(kept.instances(id)).isEqualTo(anew.instances(id)));
      assertThat(kept.all()).containsExactlyElementsOf(anew.all());
      assertThat(kept.of(member.id())).isEqualTo(anew.of(member.id()));
    }
  }

  private List<String> ids(String service) {
    return services.instances(service).stream().map(i -> i.service().instanceId()).toList();
  }
}
