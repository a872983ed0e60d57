package io.gossip.crypto;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that genuine packets came from, and the ciphers to open more of theirs.
 *
 * <p>The <em>known</em> have sealed something for this life. The <em>greeted</em> have only asked
 * who is here; as anybody can repeat such a question, there are few of them, and they push out
 * nobody but each other.
 */
final class Senders {

  private final Recent<Session, Sender> known;
  private final Recent<Session, Sender> greeted;

  /** Of the known, those that have a cipher of their own. */
  private final Recent<Session, Sender> ready;

  /** For everybody else: what is not genuine must not take a cipher from who is. */
  private Gcm spare = new Gcm();

  private final int ciphers;
  private long knownEvicted;
  private long greetedEvicted;

  Senders(PacketLimits limits) {
    this.known = new Recent<>(limits.senders());
    this.greeted = new Recent<>(limits.greeted());
    this.ready = new Recent<>(limits.ciphers());
    this.ciphers = limits.ciphers();
  }

  /** The sender with that session, known or greeted. Looking for one changes nothing. */
  @Nullable Sender find(Session session) {
    Sender sender = known.peek(session);
    return sender == null ? greeted.peek(session) : sender;
  }

  /**
   * Opens a packet of that sender, whom nothing may be known of yet.
   *
   * @return how many bytes are in {@code plain} now, or -1 if the tag is not good
   */
  int open(Sender sender, long counter, byte[] box, int length, byte[] plain) {
    Gcm gcm = sender.gcm == null ? spare : sender.gcm;
    int clear = Layout.HEADER_BYTES;
    return gcm.open(sender.subkey, counter, box, clear, length - clear, plain);
  }

  /** The sender has sealed for this life what was opened last. */
  void know(Sender sender) {
    if (known.use(sender.session) == null) {
      greeted.remove(sender.session);
      Sender evicted = known.put(sender.session, sender);
      if (evicted != null) {
        knownEvicted++;
        dismiss(evicted);
      }
    }
    makeReady(sender);
  }

  /** The sender has asked who is here. */
  void greet(Sender sender) {
    if (known.use(sender.session) == null && greeted.use(sender.session) == null) {
      Sender evicted = greeted.put(sender.session, sender);
      if (evicted != null) {
        greetedEvicted++;
        evicted.subkey.wipe();
      }
    }
  }

  /** Forgets whoever seals under one of those keys. */
  void forget(IntPredicate keyId) {
    known.removeIf(
        sender -> {
          boolean forgotten = keyId.test(sender.keyId);
          if (forgotten) {
            dismiss(sender);
          }
          return forgotten;
        });
    greeted.removeIf(
        sender -> {
          boolean forgotten = keyId.test(sender.keyId);
          if (forgotten) {
            sender.subkey.wipe();
          }
          return forgotten;
        });
    // It may hold one of those keys.
    spare = new Gcm();
  }

  int knownCount() {
    return known.size();
  }

  int greetedCount() {
    return greeted.size();
  }

  long knownEvicted() {
    return knownEvicted;
  }

  long greetedEvicted() {
    return greetedEvicted;
  }

  /** The spare cipher has just been set up for this sender, so that is the one to give away. */
  private void makeReady(Sender sender) {
    if (sender.gcm != null) {
      ready.use(sender.session);
      return;
    }
    boolean full = ready.size() == ciphers;
    Sender evicted = ready.put(sender.session, sender);
    sender.gcm = spare;
    if (full && evicted != null && evicted.gcm != null) {
      spare = evicted.gcm;
      evicted.gcm = null;
    } else {
      spare = new Gcm();
    }
  }

  private void dismiss(Sender sender) {
    ready.remove(sender.session);
    sender.gcm = null;
    sender.subkey.wipe();
  }
}
