package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.SpreadResult;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.spring.lifecycle.GossipLeaveLifecycle;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.swim.SwimReport.Phase;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What an operator may do to the node. What makes no sense is answered with 400 and why. */
final class Operations {

  /** Longer than a leave takes, unless its time-out has been set so. */
  private static final long PATIENCE_SECONDS = 10;

  private static final int ACCEPTED = 202;

  private final GossipNode node;
  private final LocalService local;
  private final GossipLeaveLifecycle leaving;

  Operations(GossipNode node, LocalService local, GossipLeaveLifecycle leaving) {
    this.node = node;
    this.local = local;
    this.leaving = leaving;
  }

  WebEndpointResponse<?> perform(@Nullable String status, @Nullable String action) {
    if (status != null && action == null) {
      return override(status);
    }
    if (action == null || status != null) {
      return refuse("the body must have either a status or an action");
    }
    return switch (action.strip().toLowerCase(Locale.ROOT)) {
      case "rejoin" -> rejoin();
      case "leave" -> leave();
      default -> refuse("action must be rejoin or leave");
    };
  }

  private WebEndpointResponse<?> override(String status) {
    try {
      local.override(status);
      return new WebEndpointResponse<>(local.status().name());
    } catch (IllegalArgumentException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
  }

  private WebEndpointResponse<?> rejoin() {
    Phase phase = node.phase();
    if (phase == Phase.LEAVING || phase == Phase.LEFT) {
      return refuse("this node has left; it takes part again when the application is restarted");
    }
    if (phase == Phase.CONFLICT) {
      return refuse("another process bears this node's name; it must be restarted under another");
    }
    node.rejoin();
    return new WebEndpointResponse<>(new GossipAction("rejoin", null, null, null), ACCEPTED);
  }

  private WebEndpointResponse<?> leave() {
    if (node.phase() == Phase.CONFLICT) {
      return refuse("another process bears this node's name, and would be taken for gone");
    }
    try {
      SpreadResult told =
          leaving.depart().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new WebEndpointResponse<>(
          new GossipAction("leave", told.members(), told.informed(), told.took().toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return underWay();
    } catch (TimeoutException e) {
      return underWay();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a leave ends, and never fails", e);
    }
  }

  /** It goes on, and nobody waits any longer. */
  private static WebEndpointResponse<?> underWay() {
    return new WebEndpointResponse<>(new GossipAction("leave", null, null, null), ACCEPTED);
  }

  WebEndpointResponse<String> forget(String nodeId) {
    if (!NodeId.isValid(nodeId)) {
      return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }
    NodeId id = new NodeId(nodeId);
    Membership view = node.members();
    if (view.find(id).isPresent()) {
      return refuse(nodeId + " is alive; only members that failed or left can be forgotten");
    }
    if (view.departed().stream().noneMatch(member -> member.id().equals(id))) {
      return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }
    node.forget(id);
    return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
  }

  private static WebEndpointResponse<String> refuse(String why) {
    return new WebEndpointResponse<>(why, WebEndpointResponse.STATUS_BAD_REQUEST);
  }
}
