package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MessageTypeTest {

  @Test
  void everyKindOfMessageHasItsType() {
    List<Message> samples = Samples.oneOfEach();

    assertThat(samples).extracting(Message::getClass).containsAll(kindsOf(Message.class));
    for (Message sample : samples) {
      String name = sample.getClass().getSimpleName();
      assertThat(MessageType.of(sample).name())
          .isEqualTo(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
  }

  @Test
  void typesAreFoundByTheirCodesAndNoOthers() {
    List<MessageType> found = new ArrayList<>();
    for (int code = -1; code <= 300; code++) {
      MessageType type = MessageType.ofCode(code);
      if (type != null) {
        assertThat(type.code()).isEqualTo(code).isBetween(1, 63);
        found.add(type);
      }
    }
    assertThat(found).containsExactly(MessageType.values());
  }

  @Test
  void everyEvidenceHasACodeOfItsOwn() {
    List<Evidence> found = new ArrayList<>();
    for (int code = 0; code <= 255; code++) {
      Evidence evidence = EvidenceCode.evidence(code);
      if (evidence != null) {
        assertThat(EvidenceCode.of(evidence)).isEqualTo(code);
        found.add(evidence);
      }
    }
    assertThat(found).containsExactly(Evidence.values());
  }

  @Test
  void reasonOfALaterVersionReadsAsMalformed() {
    for (RefusalReason reason : RefusalReason.values()) {
      assertThat(RefusalReason.ofCode(reason.code())).isEqualTo(reason);
    }
    assertThat(RefusalReason.ofCode(200)).isEqualTo(RefusalReason.MALFORMED);
  }

  private static List<Class<? extends Message>> kindsOf(Class<?> sealed) {
    List<Class<? extends Message>> kinds = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        kinds.addAll(kindsOf(permitted));
      } else {
        kinds.add(permitted.asSubclass(Message.class));
      }
    }
    return kinds;
  }
}
