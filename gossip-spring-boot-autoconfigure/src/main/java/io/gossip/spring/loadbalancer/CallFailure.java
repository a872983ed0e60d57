package io.gossip.spring.loadbalancer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a failed call says about the instance it was for. */
enum CallFailure {
  /** No connection came about. */
  UNREACHABLE,
  /** A connection broke, or no answer came in time: it may be gone. */
  BROKEN,
  /** It was there, or the failure had nothing to do with it. */
  NONE;

  private static final int MOST_CAUSES = 20;

  /** Judges by the causes, from the outermost on: the clients wrap them in many ways. */
  static CallFailure of(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    CallFailure found = NONE;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (isUnreachable(cause)) {
        return UNREACHABLE;
      }
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause.getClass().getName().endsWith(".ReadTimeoutException")) { // Netty's
        found = BROKEN;
      }
      cause = cause.getCause();
    }
    return found;
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof PortUnreachableException
        || cause instanceof UnknownHostException
        || cause.getClass().getSimpleName().contains("ConnectTimeout") // the JDK's and Apache's
        || (cause instanceof SocketTimeoutException && isAboutConnecting(cause.getMessage()));
  }

  /** HttpURLConnection and Jetty tell the two kinds of time-out apart by their message only. */
  private static boolean isAboutConnecting(@Nullable String message) {
    return message != null && message.toLowerCase(Locale.ROOT).startsWith("connect");
  }
}
