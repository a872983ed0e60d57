package io.gossip.spring.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRecordTest {

  private static final ServiceRecord FULL =
      new ServiceRecord(
          "orders",
          "orders-1",
          "10.0.0.7",
          8080,
          "https",
          ServiceStatus.UP,
          3,
          "1.4.0",
          "eu",
          Map.of("grpc", 9090),
          Map.of("tier", "gold", "management.port", "8081"));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(ServiceRecord.read(Members.member("n1", FULL.toState()))).isEqualTo(FULL);
  }

  @Test
  void whatIsNotSaidHasADefault() {
    Member member = Members.member("n1", Map.of("service.id", "jobs", "service.status", "UP"));
    ServiceRecord record = Objects.requireNonNull(ServiceRecord.read(member));
    assertThat(record.instanceId()).isEqualTo("n1");
    assertThat(record.host()).isEqualTo("127.0.0.1");
    assertThat(record.port()).isZero();
    assertThat(record.scheme()).isEqualTo("http");
    assertThat(record.weight()).isEqualTo(1);
    assertThat(record.ports()).isEmpty();
    assertThat(record.metadata()).isEmpty();
  }

  @Test
  void aMemberWithoutServiceKeysOffersNone() {
    assertThat(ServiceRecord.read(Members.member("n1", Map.of("role", "stock")))).isNull();
  }

  @Test
  void unknownKeysAreLeftAlone() {
    Map<String, String> state = Members.up("orders", 8080);
    state.put("service.flavour", "vanilla");
    assertThat(ServiceRecord.read(Members.member("n1", state))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "service.id, or ders",
    "service.id, order_app",
    "service.id, -orders",
    "service.id, orders.",
    "service.id, ''",
    "service.host, 'a b'",
    "service.host, host/path",
    "service.host, user@host",
    "service.host, '[::1]'",
    "service.host, '1::2::3'",
    "service.host, 'a:b'",
    "service.host, my_host",
    "service.host, 'fe80::1%eth0'",
    "service.host, ''",
    "service.port, -1",
    "service.port, 65536",
    "service.port, 99999999999999999999",
    "service.port, 80x",
    "service.port, ''",
    "service.port, ٣",
    "service.scheme, gopher",
    "service.scheme, ''",
    "service.status, up",
    "service.status, SLEEPING",
    "service.status, ''",
    "service.weight, -5",
    "service.weight, heavy",
    "service.weight, 2147483648",
    "service.instance, ' '",
    "service.port.grpc, 0",
    "service.port.grpc, nine"
  })
  void aFieldThatMakesNoSenseMakesItNoService(String key, String value) {
    Map<String, String> state = Members.up("orders", 8080);
    state.put(key, value);
    assertThat(ServiceRecord.read(Members.member("n1", state))).isNull();
  }

  @Test
  void noStateWhateverMakesReadingThrowOrTheUriInvalid() {
    Random random = new Random(7);
    String[] keys = FULL.toState().keySet().toArray(String[]::new);
    String[] pieces = {
      "UP", "80", "::1", "a", "..", "%", "\u0000", "[", "]", "/", "é", "-", "http"
    };
    int services = 0;
    for (int i = 0; i < 20_000; i++) {
      Map<String, String> state = new TreeMap<>(FULL.toState());
      for (int change = random.nextInt(3); change >= 0; change--) {
        StringBuilder value = new StringBuilder();
        for (int piece = random.nextInt(4); piece > 0; piece--) {
          value.append(pieces[random.nextInt(pieces.length)]);
        }
        state.put(keys[random.nextInt(keys.length)], value.toString());
      }
      ServiceRecord record = ServiceRecord.read(Members.member("n1", state));
      if (record != null) {
        services++;
        assertThat(record.uri().getScheme()).isEqualTo(record.scheme());
      }
    }
    assertThat(services).isBetween(100, 19_000); // the noise reaches both answers
  }

  @Test
  void anIpv6AddressIsBracketedInTheUri() {
    Map<String, String> state = Members.up("orders", 8080);
    state.put("service.host", "2001:db8::7");
    ServiceRecord record = Objects.requireNonNull(ServiceRecord.read(Members.member("n1", state)));
    assertThat(record.uri()).hasToString("http://[2001:db8::7]:8080").hasPort(8080);
    assertThat(record.uri().getHost()).isEqualTo("[2001:db8::7]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "orders-v2", "a", "shop.orders", "7up", "Orders"})
  void aHostNameCanBeAServiceId(String id) {
    assertThat(ServiceRecord.isServiceId(id)).isTrue();
  }

  @Test
  void onlyWhatDiffersIsChanged() {
    Map<String, String> state = new TreeMap<>(FULL.toState());
    state.put("role", "mine");
    Map<String, @Nullable String> none = ServiceRecord.changes(state, FULL);
    assertThat(none).isEmpty();
    Map<String, @Nullable String> one =
        ServiceRecord.changes(state, FULL.with(ServiceStatus.LEAVING));
    assertThat(one).containsExactly(Map.entry("service.status", "LEAVING"));
  }

  @Test
  void whatIsNoLongerSaidIsRemovedAndOthersStay() {
    Map<String, String> state = new TreeMap<>(FULL.toState());
    state.put("role", "mine");
    Map<String, @Nullable String> changes = ServiceRecord.changes(state, null);
    assertThat(changes.keySet()).isEqualTo(FULL.toState().keySet());
    assertThat(changes.values()).containsOnlyNulls();
  }
}
