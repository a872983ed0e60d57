package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LocalHealthTest {

  @Test
  @DisplayName("T-B 18: the score stays within 0 and its maximum")
  void scoreIsClamped() {
    LocalHealth health = new LocalHealth(7);
    assertThat(health.score()).isZero();
    health.add(10);
    assertThat(health.score()).isEqualTo(7);
    health.add(-1);
    assertThat(health.score()).isEqualTo(6);
    health.add(-10);
    assertThat(health.score()).isZero();
    health.add(Integer.MAX_VALUE);
    assertThat(health.score()).isEqualTo(7);
    health.add(Integer.MAX_VALUE);
    assertThat(health.score()).isEqualTo(7);
  }

  @Test
  @DisplayName("T-B 19: with score s everything takes s + 1 times as long")
  void waitsGrowWithTheScore() {
    LocalHealth health = new LocalHealth(7);
    assertThat(health.scale(500)).isEqualTo(500);
    health.add(3);
    assertThat(health.scale(500)).isEqualTo(2_000);
    health.add(4);
    assertThat(health.scale(500)).isEqualTo(4_000);
  }

  @Test
  void maximumOfZeroSwitchesItOff() {
    LocalHealth health = new LocalHealth(0);
    health.add(1);
    assertThat(health.scale(500)).isEqualTo(500);
  }
}
