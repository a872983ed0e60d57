package io.gossip.bench.siege;

/** How the besieged protect themselves. */
enum Mode {
  PLAIN,
  SEALED,
  TLS;

  boolean seals() {
    return this == SEALED;
  }
}
