package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.spring.service.Members;
import io.gossip.spring.service.ServiceRecord;
import io.micrometer.core.instrument.Gauge;
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
    assertThat(registry.getMeters()).hasSize(ServiceGauges.MAX_SERVICES + 1);
    assertThat(count(ServiceGauges.OTHERS, "up")).isEqualTo(ServiceGauges.MAX_SERVICES);
    for (int i = 0; i < 2 * ServiceGauges.MAX_SERVICES; i++) {
      gauges.apply(Members.serving("m" + i, "service-" + i, 81).with(MemberStatus.LEFT));
    }
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(((Gauge) meter).value()).isZero());
  }

  @Test
  void aServiceWithoutInstancesMakesRoomForAnother() {
    for (int i = 0; i < ServiceGauges.MAX_SERVICES; i++) {
      gauges.apply(Members.serving("m" + i, "service-" + i, 81));
    }
    gauges.apply(A);
    assertThat(count(ServiceGauges.OTHERS, "up")).isEqualTo(1);
    gauges.apply(Members.serving("m7", "service-7", 81).with(MemberStatus.LEFT));
    gauges.apply(A);
    assertThat(count("up")).isEqualTo(1);
    assertThat(count(ServiceGauges.OTHERS, "up")).isZero();
    assertThat(registry.find("gossip.service.instances").tag("service", "service-7").gauge())
        .isNull();
  }

  @Test
  void noServiceCanHaveTheNameOfTheOthers() {
    assertThat(ServiceRecord.isServiceId(ServiceGauges.OTHERS)).isFalse();
  }

  private double count(String status) {
    return count("stock", status);
  }

  private double count(String service, String status) {
    return registry
        .get("gossip.service.instances")
        .tags("service", service, "status", status)
        .gauge()
        .value();
  }
}
