package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.spring.service.Members;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceGaugesTest {

  private static final Member A = Members.serving("a", "stock", 81);
  private static final Member B = Members.serving("b", "stock", 82);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ServiceGauges gauges = new ServiceGauges(registry);

  @Test
  void instancesAreCountedByServiceAndStatus() {
    gauges.apply(A);
    gauges.apply(B);
    assertThat(count("up")).isEqualTo(2);
    gauges.apply(Members.with(B, "service.status", "OUT_OF_SERVICE"));
    assertThat(count("up")).isEqualTo(1);
    assertThat(count("out-of-service")).isEqualTo(1);
    gauges.apply(B.with(MemberStatus.DEAD));
    gauges.apply(A.with(MemberStatus.LEFT));
    assertThat(count("up")).isZero();
    assertThat(count("out-of-service")).isZero();
  }

  @Test
  void suspectsCountAndWatchersDoNot() {
    gauges.apply(A);
    gauges.apply(Members.suspected(A));
    gauges.apply(Members.member("w", Map.of()));
    assertThat(count("up")).isEqualTo(1);
    assertThat(registry.getMeters()).hasSize(1);
  }

  @Test
  void aViewTakesThePlaceOfWhatWasCounted() {
    gauges.apply(A);
    gauges.resync(Members.view(Members.member("self", Map.of()), B));
    gauges.apply(B.with(MemberStatus.DEAD));
    assertThat(count("up")).isZero();
  }

  @Test
  void namesFromTheNetworkMakeNoMoreThanTheirShareOfMeters() {
    for (int i = 0; i < 2 * ServiceGauges.MAX_SERVICES; i++) {
      gauges.apply(Members.serving("m" + i, "service-" + i, 81));
    }
    assertThat(registry.getMeters()).hasSize(ServiceGauges.MAX_SERVICES);
  }

  private double count(String status) {
    return registry
        .get("gossip.service.instances")
        .tags("service", "stock", "status", status)
        .gauge()
        .value();
  }
}
