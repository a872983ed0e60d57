package io.gossip.samples.quickstart;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests at a constant rate, however long the answers take, and counts what comes back.
 *
 * <p>A latency counts from when its request was due. So a pause of the server shows in all the
 * requests it delayed, and not only in the one that was under way.
 */
public final class Load {

  private int rate = 50;
  private int seconds = 30;
  private URI url = Instance.SHOP.url("/order/apple");

  private Load() {}

  /** Options: {@code --rate} per second, {@code --seconds}, {@code --url}. */
  public static void main(String[] args) throws InterruptedException {
    Load load = new Load();
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--rate" -> load.rate = Integer.parseInt(args[i + 1]);
        case "--seconds" -> load.seconds = Integer.parseInt(args[i + 1]);
        case "--url" -> load.url = URI.create(args[i + 1]);
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    System.out.println(load.run());
  }

  private LoadResult run() throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
    LoadResult result = new LoadResult();
    List<CompletableFuture<?>> underWay = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < rate * seconds; i++) {
      long due = start + TimeUnit.SECONDS.toNanos(i) / rate;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      underWay.add(
          client
              .sendAsync(request, BodyHandlers.discarding())
              .handle(
                  (response, failure) -> {
                    long latency = System.nanoTime() - due;
                    if (failure != null) {
                      result.failed(kind(failure), due - start);
                    } else if (response.statusCode() != 200) {
                      result.failed("status " + response.statusCode(), due - start);
                    } else {
                      result.succeeded(latency);
                    }
                    return null;
                  }));
    }
    CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)).join();
    return result;
  }

  private static String kind(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? failure.toString() : cause.getClass().getSimpleName();
  }
}
