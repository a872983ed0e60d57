package io.gossip.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

class CallFailureTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), CallFailure.UNREACHABLE),
        Arguments.of(new ConnectTimeoutException("Netty's"), CallFailure.UNREACHABLE),
        Arguments.of(new HttpConnectTimeoutException("the JDK's"), CallFailure.UNREACHABLE),
        Arguments.of(new NoRouteToHostException(), CallFailure.UNREACHABLE),
        Arguments.of(new UnknownHostException("stock-1"), CallFailure.UNREACHABLE),
        Arguments.of(new SocketTimeoutException("Connect timed out"), CallFailure.UNREACHABLE),
        Arguments.of(new SocketTimeoutException("connect timed out"), CallFailure.UNREACHABLE),
        Arguments.of(new SocketTimeoutException("Read timed out"), CallFailure.BROKEN),
        Arguments.of(new SocketTimeoutException(), CallFailure.BROKEN),
        Arguments.of(new HttpTimeoutException("request timed out"), CallFailure.BROKEN),
        Arguments.of(new SocketException("Connection reset"), CallFailure.BROKEN),
        Arguments.of(new EOFException(), CallFailure.BROKEN),
        Arguments.of(new TimeoutException(), CallFailure.BROKEN),
        Arguments.of(ReadTimeoutException.INSTANCE, CallFailure.BROKEN),
        Arguments.of(new IllegalStateException("a bug"), CallFailure.NONE),
        Arguments.of(
            new HttpServerErrorException(HttpStatus.INTERNAL_SERVER_ERROR), CallFailure.NONE),
        Arguments.of(null, CallFailure.NONE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isJudgedByItsKindHoweverItIsWrapped(@Nullable Throwable thrown, CallFailure expected) {
    assertThat(CallFailure.of(thrown)).isEqualTo(expected);
    if (thrown != null) {
      assertThat(CallFailure.of(new RuntimeException(thrown))).isEqualTo(expected);
      assertThat(CallFailure.of(new CompletionException(new IllegalStateException(thrown))))
          .isEqualTo(expected);
    }
  }

  @Test
  void springsOwnWrapperSaysNothingMoreThanItsCause() {
    assertThat(
            CallFailure.of(
                new ResourceAccessException("I/O error", new ConnectException("refused"))))
        .isEqualTo(CallFailure.UNREACHABLE);
    assertThat(CallFailure.of(new ResourceAccessException("I/O error", new IOException("reset"))))
        .isEqualTo(CallFailure.BROKEN);
  }

  @Test
  void causesThatGoRoundInACircleEnd() {
    IllegalStateException one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    assertThat(CallFailure.of(one)).isEqualTo(CallFailure.NONE);
  }
}
