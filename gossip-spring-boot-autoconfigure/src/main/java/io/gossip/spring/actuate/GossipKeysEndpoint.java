package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.crypto.Key;
import io.gossip.spring.keys.GossipKeys;
import io.gossip.spring.keys.MemberKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The keys of this application's node: which it holds, who else holds which, and their change. No
 * access unless granted. Each operation concerns this node alone; keys never travel.
 */
@Endpoint(id = "gossipkeys", defaultAccess = Access.NONE)
public final class GossipKeysEndpoint {

  /**
   * Who holds what.
   *
   * @param state where this node's keys stand
   * @param members the number of members by the keys they say they hold, the one that their packets
   *     are encrypted with first
   */
  public record Keys(GossipKeys.State state, Map<List<String>, Integer> members) {}

  private final GossipNode node;
  private final GossipKeys keys;

  /** Reads and changes the keys of this node. */
  public GossipKeysEndpoint(GossipNode node, GossipKeys keys) {
    this.node = node;
    this.keys = keys;
  }

  /** Which keys this node and the others hold. */
  @ReadOperation
  public Keys keys() {
    Map<List<String>, Integer> members =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    node.members().members().forEach(each -> members.merge(MemberKeys.of(each), 1, Integer::sum));
    return new Keys(keys.state(), members);
  }

  /**
   * Holds one more key, without encrypting with it.
   *
   * @param key in Base64
   */
  @WriteOperation
  public WebEndpointResponse<?> add(String key) {
    return change(() -> keys.add(Key.ofBase64(key)));
  }

  /** Encrypts with a key that is held, as soon as all members hold it. */
  @WriteOperation
  public WebEndpointResponse<?> promote(@Selector String id) {
    return change(() -> keys.promote(id));
  }

  /** Holds a key no longer than others use it. */
  @DeleteOperation
  public WebEndpointResponse<?> remove(@Selector String id) {
    return change(() -> keys.remove(id));
  }

  private WebEndpointResponse<?> change(Runnable change) {
    try {
      change.run();
      return new WebEndpointResponse<>(keys.state());
    } catch (IllegalArgumentException e) { // whose message quotes no key
      return new WebEndpointResponse<>(e.getMessage(), WebEndpointResponse.STATUS_BAD_REQUEST);
    }
  }
}
