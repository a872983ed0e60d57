package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendersTest {

  private final Senders senders = new Senders(Party.SMALL);
  private final List<Sender> all = new ArrayList<>();

  @Test
  void thoseActiveLastHaveACipherAndNobodyElseHas() {
    for (int i = 1; i <= 10; i++) {
      senders.know(sender(i));
    }
    senders.know(all.get(7));
    senders.know(all.get(0));

    assertThat(ready()).containsExactly(1L, 8L, 10L);
  }

  @Test
  void whoIsForgottenHasNoCipherAndNoKeyAnyMore() {
    Sender forgotten = sender(1);
    senders.know(forgotten);
    Sender greeted = sender(2);
    senders.greet(greeted);

    senders.forget(id -> true);

    assertThat(forgotten.gcm).isNull();
    assertThat(forgotten.subkey.getEncoded()).containsOnly(0);
    assertThat(greeted.subkey.getEncoded()).containsOnly(0);
    assertThat(senders.find(forgotten.session)).isNull();
    assertThat(senders.find(greeted.session)).isNull();
  }

  @Test
  void whoHasToGoLeavesNoKeyBehind() {
    for (int i = 1; i <= Party.SMALL.senders() + 1; i++) {
      senders.know(sender(i));
    }

    assertThat(all.get(0).subkey.getEncoded()).containsOnly(0);
    assertThat(all.get(0).gcm).isNull();
    assertThat(all.get(1).subkey.getEncoded()).contains(1);
  }

  private Sender sender(int number) {
    byte[] secret = new byte[Subkey.BYTES];
    secret[0] = 1;
    Sender sender = new Sender(new Session(number, 0), 1, new Subkey(secret));
    all.add(sender);
    return sender;
  }

  private List<Long> ready() {
    return all.stream().filter(s -> s.gcm != null).map(s -> s.session.head()).toList();
  }
}
