package io.gossip.spring.keys;

import io.gossip.GossipNode;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.membership.Member;
import io.gossip.spring.batch.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The keys of this application's node, and their change while it runs. Thread-safe.
 *
 * <p>A change takes its time: a key is sealed under once all members hold it, and removed once
 * nobody has sealed under it for a while. It is made on each member, as keys never travel; in what
 * order the members get to know of it does not matter.
 */
public final class GossipKeys implements SmartLifecycle {

  /**
   * Where the keys stand.
   *
   * @param keys ids of the keys held, the one that packets are sealed under first
   * @param wanted ids of the keys to be held; the same when no change is under way
   * @param settled whether no change is under way
   * @param waitingFor names of members that a change waits for, at most 10
   * @param reason what a change waits for, in words; empty if it does not
   */
  public record State(
      List<String> keys,
      List<String> wanted,
      boolean settled,
      List<String> waitingFor,
      String reason) {}

  private static final Logger log = LoggerFactory.getLogger(GossipKeys.class);

  /** Before the node, so that its first announcement says which keys it holds. */
  private static final int PHASE = Integer.MIN_VALUE;

  private final GossipNode node;
  private final KeyRotation rotation;
  private final Duration interval;
  private KeyRotation.Stage stage;
  private final Background background = new Background("gossip-keys");

  /**
   * The keys of a node that was built with some.
   *
   * @param retireAfter how long a key that is not wanted any more is kept after its last use
   * @param interval time between two looks at the others while a change is under way
   */
  public GossipKeys(GossipNode node, Duration retireAfter, Duration interval) {
    this.node = node;
    Keyring ring = ring();
    this.rotation = new KeyRotation(ring, retireAfter);
    this.interval = interval;
    this.stage = new KeyRotation.Stage(ring, true, List.of(), "");
    node.put(MemberKeys.STATE_KEY, MemberKeys.text(ring));
  }

  /** Where they stand. */
  public synchronized State state() {
    return new State(
        texts(stage.ring().keys()),
        texts(rotation.wanted()),
        stage.done(),
        stage.waitingFor(),
        stage.reason());
  }

  /**
   * Holds these keys, and no others in the end; the first is the one to seal under.
   *
   * @throws IllegalArgumentException if they are none, more than four, or two of them have one id
   */
  public synchronized void change(List<Key> keys) {
    Keyring wanted = Keyring.of(keys);
    if (!wanted.keys().equals(rotation.wanted())) {
      log.info("Gossip keys are to be {}", texts(wanted.keys()));
      rotation.want(wanted);
    }
    advance();
  }

  /**
   * Holds one more key, and does not seal under it.
   *
   * @throws IllegalArgumentException if four are held already
   */
  public synchronized void add(Key key) {
    change(Keyring.of(rotation.wanted()).with(key).keys());
  }

  /**
   * Seals under that key as soon as all members hold it.
   *
   * @param id as {@link Key#idText()}
   * @throws IllegalArgumentException if it is not to be held
   */
  public synchronized void promote(String id) {
    change(Keyring.of(rotation.wanted()).promote(parse(id)).keys());
  }

  /**
   * Holds that key no longer than others use it.
   *
   * @param id as {@link Key#idText()}
   * @throws IllegalArgumentException if it is the one to seal under, or is not to be held
   */
  public synchronized void remove(String id) {
    Keyring ring = Keyring.of(rotation.wanted());
    if (ring.find(parse(id)) == null) {
      throw new IllegalArgumentException("there is no key " + id + " in " + ring);
    }
    change(ring.remove(parse(id)).keys());
  }

  private static int parse(String id) {
    try {
      return Integer.parseUnsignedInt(id, 16);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a key's id is 8 hexadecimal digits", e);
    }
  }

  private synchronized void advance() {
    KeyRotation.Stage next = rotation.advance(ring(), others(), System.nanoTime());
    Keyring before = ring();
    if (!next.ring().keys().equals(before.keys())) {
      node.keyring(next.ring());
      node.put(MemberKeys.STATE_KEY, MemberKeys.text(next.ring()));
      log.info("Gossip keys are {}, and were {}", texts(next.ring().keys()), texts(before.keys()));
    }
    if (!next.reason().equals(stage.reason()) && !next.done()) {
      log.info("A change of gossip keys waits: {}", next.reason());
    }
    stage = next;
    if (!stage.done()) {
      background.once(this::look, interval);
    }
  }

  private void look() {
    try {
      advance();
    } catch (RuntimeException e) {
      log.warn("The gossip keys stay as they are until they are changed again", e);
    }
  }

  private List<Member> others() {
    List<Member> others = new ArrayList<>(node.members().members());
    others.removeIf(member -> member.id().equals(node.id()));
    return others;
  }

  private Keyring ring() {
    return Objects.requireNonNull(node.protection().keyring(), "the node has no keys");
  }

  private static List<String> texts(List<Key> keys) {
    return keys.stream().map(Key::idText).toList();
  }

  @Override
  public synchronized void start() {
    if (background.start()) {
      advance();
    }
  }

  @Override
  public void stop() {
    background.stop();
  }

  @Override
  public boolean isRunning() {
    return background.isRunning();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
