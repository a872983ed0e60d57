package io.gossip.netty;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Why a stream's TLS did not come about, in words that say what to mend. */
final class TlsProblem {

  /** The JDK's words before the alert's name; newer ones put the name in front as well. */
  private static final String ALERT = "Received fatal alert: ";

  private TlsProblem() {}

  /**
   * Says it.
   *
   * @return {@code null} for an end that says nothing of certificates or TLS, such as a time-out
   */
  static @Nullable String of(Throwable failure) {
    if (failure instanceof NotSslRecordException) {
      return "no TLS at all";
    }
    if (failure instanceof ClosedChannelException) {
      return "it closed the connection instead of a handshake: it has no TLS, or is no node";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "its certificate has expired: " + cause.getMessage();
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "its certificate is not valid yet, or a clock is wrong: " + cause.getMessage();
      }
      if (cause instanceof CertPathBuilderException) {
        return "its certificate is from an authority that is not trusted here";
      }
    }
    String message = String.valueOf(failure.getMessage());
    int alert = message.indexOf(ALERT);
    if (failure instanceof SSLException && alert >= 0) {
      return "it refuses this node's certificate, or its TLS: "
          + message.substring(alert + ALERT.length());
    }
    return failure instanceof SSLHandshakeException ? said(message) : null;
  }

  /** What the JDK has no types for. */
  private static String said(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("empty client certificate chain")) {
      return "it shows no certificate, or has none of an authority that is trusted here";
    }
    if (lower.contains("extended key usage")) {
      return "its certificate is for another role: " + message;
    }
    return message;
  }
}
