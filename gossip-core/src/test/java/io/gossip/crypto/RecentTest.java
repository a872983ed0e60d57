package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {

  private final Recent<String, Integer> table = new Recent<>(2);

  @Test
  void eldestGoesForTheNewest() {
    table.put("a", 1);
    table.put("b", 2);

    assertThat(table.put("c", 3)).isEqualTo(1);
    assertThat(table.peek("a")).isNull();
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void whatIsUsedStays() {
    table.put("a", 1);
    table.put("b", 2);

    assertThat(table.use("a")).isEqualTo(1);

    assertThat(table.put("c", 3)).isEqualTo(2);
    assertThat(table.use("b")).isNull();
  }

  @Test
  void lookingIsNotUsing() {
    table.put("a", 1);
    table.put("b", 2);

    assertThat(table.peek("a")).isEqualTo(1);

    assertThat(table.put("c", 3)).isEqualTo(1);
  }

  @Test
  void replacingIsUsingAndPushesNothingOut() {
    table.put("a", 1);
    table.put("b", 2);

    assertThat(table.put("a", 10)).isNull();

    assertThat(table.put("c", 3)).isEqualTo(2);
    assertThat(table.peek("a")).isEqualTo(10);
  }

  @Test
  void whatIsRemovedMakesRoom() {
    table.put("a", 1);
    table.put("b", 2);

    assertThat(table.remove("a")).isEqualTo(1);
    assertThat(table.remove("a")).isNull();
    assertThat(table.put("c", 3)).isNull();

    table.removeIf(value -> value == 2);
    assertThat(table.put("d", 4)).isNull();
    assertThat(table.put("e", 5)).isEqualTo(3);
  }
}
