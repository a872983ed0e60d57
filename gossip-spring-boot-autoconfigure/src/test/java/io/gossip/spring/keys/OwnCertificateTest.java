package io.gossip.spring.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.ExtendedKeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** What the log says of this application's own certificate. */
class OwnCertificateTest {

  private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2030-03-01T00:00:00Z");

  private final Logger logger = (Logger) LoggerFactory.getLogger(OwnCertificate.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void nothingIsSaidAsLongAsItIsValidForLong() throws Exception {
    assertThat(said(END.minus(Duration.ofDays(15)), builder -> builder)).isEmpty();
  }

  @Test
  void itsEndIsAnnouncedDaysBefore() throws Exception {
    assertThat(said(END.minus(Duration.ofDays(13)), builder -> builder))
        .singleElement()
        .asString()
        .startsWith("WARN")
        .contains("SSL bundle members", "expires in 13 days", "2030-03-01T00:00:00Z");
  }

  @Test
  void thatItHasExpiredIsAnError() throws Exception {
    assertThat(said(END.plusSeconds(1), builder -> builder))
        .singleElement()
        .asString()
        .startsWith("ERROR")
        .contains("expired at 2030-03-01T00:00:00Z");
  }

  @Test
  void aClockThatIsBehindIsSuspected() throws Exception {
    assertThat(said(BEGIN.minusSeconds(1), builder -> builder))
        .singleElement()
        .asString()
        .contains("not valid before 2030-01-01T00:00:00Z", "clock");
  }

  @Test
  void aCertificateForOneRoleOnlyIsNoneOfAMember() throws Exception {
    assertThat(
            said(
                BEGIN.plusSeconds(1),
                builder -> builder.addExtendedKeyUsage(ExtendedKeyUsage.PKIX_KP_SERVER_AUTH)))
        .singleElement()
        .asString()
        .contains("not for TLS clients");
    assertThat(
            said(
                BEGIN.plusSeconds(1),
                builder ->
                    builder
                        .addExtendedKeyUsage(ExtendedKeyUsage.PKIX_KP_SERVER_AUTH)
                        .addExtendedKeyUsage(ExtendedKeyUsage.PKIX_KP_CLIENT_AUTH)))
        .isEmpty();
  }

  @Test
  void aReloadedBundleIsLookedAtAtOnce() throws Exception {
    OwnCertificate own = certificate(END.minus(Duration.ofDays(1)), builder -> builder);
    assertThat(own.notAfter()).isEqualTo(END);
    own.replaced(bundle(builder -> builder.notAfter(END.plus(Duration.ofDays(90)))));
    own.check();
    assertThat(own.notAfter()).isEqualTo(END.plus(Duration.ofDays(90)));
    assertThat(lines.list).isEmpty();
    own.replaced(bundle(builder -> builder));
    assertThat(lines.list).hasSize(1);
  }

  @Test
  void aBundleWithoutACertificateHasNoEnd() {
    OwnCertificate none =
        new OwnCertificate("members", SslBundle.of(SslStoreBundle.NONE), true, Duration.ofDays(14));
    none.check();
    assertThat(none.notAfter()).isNull();
  }

  private List<String> said(Instant now, UnaryOperator<CertificateBuilder> settings)
      throws Exception {
    lines.list.clear();
    certificate(now, settings).check();
    return lines.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  private static OwnCertificate certificate(Instant now, UnaryOperator<CertificateBuilder> settings)
      throws Exception {
    return new OwnCertificate(
        "members", bundle(settings), true, Duration.ofDays(14), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static SslBundle bundle(UnaryOperator<CertificateBuilder> settings) throws Exception {
    CertificateBuilder builder =
        new CertificateBuilder().ecp256().subject("CN=member").notBefore(BEGIN).notAfter(END);
    X509Bundle issued =
        settings
            .apply(builder)
            .buildIssuedBy(
                new CertificateBuilder()
                    .ecp256()
                    .subject("CN=ca")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned());
    String password = "secret";
    return SslBundle.of(
        SslStoreBundle.of(issued.toKeyStore(password.toCharArray()), password, null));
  }
}
