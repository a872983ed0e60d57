package io.gossip.spring.lifecycle;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.Subscription;
import io.gossip.crypto.Keyring;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.netty.Refusals;
import io.gossip.spring.diagnostics.DuplicateNodeIdException;
import io.gossip.spring.diagnostics.SeedsUnreachableException;
import io.gossip.swim.SwimReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long start-up waits for the cluster, and whether it fails without it. Usually it does not
 * wait at all.
 *
 * @param timeout longest wait; zero for none
 * @param minMembers members to wait for, this one included
 * @param failFast whether it fails when they are not found
 */
public record JoinWait(Duration timeout, int minMembers, boolean failFast) {

  private static final Logger log = LoggerFactory.getLogger(JoinWait.class);
  private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * Waits for a node that has been started.
   *
   * @throws SeedsUnreachableException if they are not found in time and that is to be fatal
   * @throws DuplicateNodeIdException if another process bears the name and that is to be fatal
   */
  void await(GossipNode node) {
    if (timeout.isZero()) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    try (Subscription subscription =
        node.subscribe(
            (event, view) -> {
              if (event instanceof MembershipEvent.Conflict || isEnough(view)) {
                over.countDown();
              }
            })) {
      if (isEnough(node.members())) {
        return;
      }
      boolean ended = over.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (ended && node.phase() != SwimReport.Phase.CONFLICT) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    conclude(node);
  }

  private boolean isEnough(Membership view) {
    return view.members().size() >= minMembers;
  }

  private void conclude(GossipNode node) {
    int members = node.members().members().size();
    if (!failFast) {
      log.warn(
          "Found {} members in {} ms, wanted {}; going on without", members, millis(), minMembers);
      return;
    }
    NodeReport report = report(node);
    if (report.swim().phase() == SwimReport.Phase.CONFLICT) {
      throw new DuplicateNodeIdException(node.id().value(), report.cluster());
    }
    throw new SeedsUnreachableException(
        report.swim().seeds(), timeout, members, minMembers, refusals(node));
  }

  /** What went wrong with keys and certificates, at the seeds or here. */
  private static List<String> refusals(GossipNode node) {
    Keyring ring = node.protection().keyring();
    List<String> sentences = new ArrayList<>();
    for (Refusals.Refused refused : node.protection().refusals().recent()) {
      if (refused.reason() == Refusals.Reason.HANDSHAKE && ring != null) {
        sentences.add(
            refused.source()
                + " closed the encrypted connection instead of answering: it does not hold the key"
                + " that this node encrypts with, "
                + ring.primary().idText()
                + ", has another cluster name, or does not allow this address");
      } else if (refused.reason() == Refusals.Reason.TLS) {
        sentences.add("TLS with " + refused.source() + ": " + refused.detail());
      }
    }
    return sentences;
  }

  private static NodeReport report(GossipNode node) {
    try {
      return node.report()
          .toCompletableFuture()
          .get(REPORT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the node reports", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the node gives no report", e);
    }
  }

  private long millis() {
    return timeout.toMillis();
  }
}
