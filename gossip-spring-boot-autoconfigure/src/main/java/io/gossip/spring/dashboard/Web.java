package io.gossip.spring.dashboard;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;

/** How an operation of an endpoint answers in the kind of web application that this is. */
interface Web {

  /** Answers with these bytes. */
  Object bytes(byte[] bytes, MimeType type);

  /** Answers with a stream of signals; {@code null} if there can be none. */
  @Nullable Object stream(Signals signals);
}
