package io.gossip.fuzz;

import io.gossip.membership.Identity;
import io.gossip.sim.SimSigner;
import io.gossip.wire.Message;
import io.gossip.wire.Signature;
import io.gossip.wire.Statement;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs what is said: as whom it would have to be, as somebody else, or not at all. */
final class Hand {

  private static final long HASH = Packets.CLUSTER_HASH;

  private final Map<Long, String> names;

  /** The record that was made last of each: refutations are of it. */
  private final Map<Long, Update.Alive> records = new HashMap<>();

  /**
   * Makes one.
   *
   * @param names of the members, by handle: who has a name has a key
   */
  Hand(Map<Long, String> names) {
    this.names = names;
  }

  Message sign(Choices choices, Message message) {
    int how = choices.below(4);
    if (how == 0) {
      return message;
    }
    String other = how == 1 ? "f" : null;
    if (message instanceof Update.Alive alive) {
      return record(alive, SimSigner.of(other == null ? alive.id().value() : other));
    } else if (message instanceof Update.Refuted refuted) {
      return refuted(refuted, other);
    } else if (message instanceof Update.Left left) {
      byte[] statement = Statement.left(HASH, left.handle(), left.incarnation());
      return new Update.Left(
          left.handle(), left.incarnation(), sign(left.handle(), other, statement));
    } else if (message instanceof Update.State state) {
      return state(state, other);
    } else if (message instanceof Update.Suspect suspect) {
      long handle = suspect.handle();
      int incarnation = suspect.incarnation();
      return new Update.Suspect(
          handle, incarnation, charges(handle, incarnation, suspect.charges(), other));
    } else if (message instanceof Update.Dead dead) {
      return new Update.Dead(
          dead.handle(),
          dead.incarnation(),
          charges(dead.handle(), dead.incarnation(), dead.charges(), other));
    }
    return message;
  }

  private Update.Alive record(Update.Alive alive, SimSigner by) {
    records.put(new Identity(alive.id(), alive.generation()).handle(), alive);
    return new Update.Alive(
        alive.id(),
        alive.generation(),
        alive.incarnation(),
        alive.address(),
        alive.zone(),
        alive.protocol(),
        alive.stateVersion(),
        by.key(),
        by.sign(Statement.record(HASH, alive, by.key())));
  }

  private Message refuted(Update.Refuted refuted, @Nullable String other) {
    Update.Alive record = records.get(refuted.handle());
    if (record == null) {
      return refuted;
    }
    Update.Alive raised = record.in(refuted.incarnation(), null);
    SimSigner by = SimSigner.of(other == null ? record.id().value() : other);
    return new Update.Refuted(
        refuted.handle(), refuted.incarnation(), record(raised, by).signature());
  }

  private Update.State state(Update.State state, @Nullable String other) {
    byte[] statement = Statement.state(HASH, state.handle(), state.to(), state.entries());
    return new Update.State(
        state.handle(),
        state.from(),
        state.to(),
        state.target(),
        state.purged(),
        state.entries(),
        sign(state.handle(), other, statement));
  }

  private List<Update.Charge> charges(
      long handle, int incarnation, List<Update.Charge> charges, @Nullable String other) {
    List<Update.Charge> signed = new ArrayList<>();
    for (Update.Charge charge : charges) {
      byte[] statement =
          Statement.charge(HASH, handle, incarnation, charge.accuser(), charge.evidence());
      signed.add(
          new Update.Charge(
              charge.accuser(), charge.evidence(), sign(charge.accuser(), other, statement)));
    }
    return signed;
  }

  private Signature sign(long owner, @Nullable String other, byte[] statement) {
    return SimSigner.of(other == null ? names.getOrDefault(owner, "nobody") : other)
        .sign(statement);
  }
}
