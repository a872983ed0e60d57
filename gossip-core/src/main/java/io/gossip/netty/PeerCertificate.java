package io.gossip.netty;

import io.gossip.membership.NodeId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a trusted certificate must be like to be one of a member. */
final class PeerCertificate {

  private static final int DNS_NAME = 2;
  private static final int URI_NAME = 6;

  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final String SERVER_USAGE = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_USAGE = "1.3.6.1.5.5.7.3.2";

  private static final Pattern RANDOM_END = Pattern.compile("-[a-z2-7]{8}$");

  private PeerCertificate() {}

  /**
   * Why it is none; empty if it is one.
   *
   * <p>A member opens streams and accepts them. TLS itself has checked the certificate for the end
   * it was shown at; one that would be refused at the other belongs to somebody else.
   */
  static String problem(X509Certificate certificate, Tls tls) {
    try {
      List<String> usage = certificate.getExtendedKeyUsage();
      if (tls.mutual() && usage != null && !usage.contains(ANY_USAGE)) {
        if (!usage.contains(SERVER_USAGE)) {
          return "its certificate is for TLS clients only, and a member is a server as well";
        }
        if (!usage.contains(CLIENT_USAGE)) {
          return "its certificate is for TLS servers only, and a member is a client as well";
        }
      }
      if (!tls.peerNames().isEmpty()) {
        List<String> names = names(certificate);
        if (names.stream().noneMatch(name -> isPeer(tls.peerNames(), name))) {
          return "its certificate names " + names;
        }
      }
      return "";
    } catch (CertificateParsingException e) {
      return "its certificate cannot be read";
    }
  }

  /**
   * Whether it names a node: by its id, or by what the id begins with if the rest is a hyphen and 8
   * random characters.
   */
  static boolean bears(X509Certificate certificate, NodeId id) {
    try {
      String value = id.value();
      String stem = RANDOM_END.matcher(value).replaceFirst("");
      List<String> names = names(certificate);
      return names.contains(value) || (!stem.isEmpty() && names.contains(stem));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    List<String> names = new ArrayList<>();
    if (all != null) {
      for (List<?> each : all) {
        int type = (Integer) each.get(0);
        if (type == DNS_NAME || type == URI_NAME) {
          names.add((String) each.get(1));
        }
      }
    }
    return names;
  }

  private static boolean isPeer(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  /** Without regard to case; a star stands for one label, and only as the first. */
  static boolean matches(String pattern, String name) {
    String wanted = pattern.toLowerCase(Locale.ROOT);
    String found = name.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(found);
    }
    int dot = found.indexOf('.');
    return dot > 0 && found.substring(dot).equals(wanted.substring(1));
  }
}
