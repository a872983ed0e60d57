package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable("what", "").row("a", "much longer").row("bcdefg", "1");
    assertThat(table)
        .hasToString(
            """
            | what   |             |
            |--------|-------------|
            | a      | much longer |
            | bcdefg | 1           |
            """);
  }

  @Test
  void rowOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TextTable("one").row("a", "b"));
  }
}
