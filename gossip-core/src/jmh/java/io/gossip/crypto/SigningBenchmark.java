package io.gossip.crypto;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a signed record costs its member once, and every other member once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SigningBenchmark {

  /** Who does it. */
  @Param({"jdk", "bouncy"})
  public String by = "jdk";

  private final SigningKey key = SigningKey.generate();
  private final byte[] record = new byte[100];
  private byte[] signature = new byte[0];
  private Signatory signatory = new Signatory(key);

  /** Signs once. */
  @Setup
  public void prepare() {
    signatory =
        new Signatory(key, by.equals("jdk") ? new Ed25519.Jdk() : new Ed25519.BouncyCastle());
    signature = signatory.sign(record);
  }

  /** A record. */
  @Benchmark
  public byte[] sign() {
    return signatory.sign(record);
  }

  /** A record. */
  @Benchmark
  public boolean verify() {
    return signatory.verify(key.publicKey(), record, signature);
  }
}
