package io.gossip.spring.history;

/** What kind of thing happened. */
public enum TransitionType {
  /** A member is new, or back after having failed or left. */
  JOINED,
  /** A member changed its address, its zone, or the status, version or name of its service. */
  UPDATED,
  /** A new process bears the name of a member; the old one is gone. */
  RESTARTED,
  /** A member was found silent. */
  SUSPECTED,
  /** A suspected member showed that it lives. */
  RECOVERED,
  /** A member was declared dead. */
  FAILED,
  /** A member left on purpose. */
  LEFT,
  /** A member that had failed or left is no longer kept. */
  FORGOTTEN,
  /** A zone or region is cut off from this node. */
  ZONE_UNREACHABLE,
  /** A zone or region that was cut off answers again. */
  ZONE_REACHABLE,
  /** This node hears nobody, or few. */
  ISOLATED,
  /** This node hears most of the others. */
  CONNECTED,
  /** Another live process bears this node's name. */
  CONFLICT,
  /** Events were dropped, as they came too fast, or this node has started again. */
  RESYNC
}
