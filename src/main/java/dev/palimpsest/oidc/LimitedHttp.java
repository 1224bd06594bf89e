package dev.palimpsest.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the provider and waits for little: so many seconds, so many bytes, and no other address. */
final class LimitedHttp implements HTTPRequestSender, ResourceRetriever {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final int SECONDS = 10;
  private static final int MOST_BYTES = 256 * 1024;
  private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length", "connection");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TO_CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
    String body = asked.getBody() == null ? "" : asked.getBody();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(asked.getURI())
            .method(asked.getMethod().name(), BodyPublishers.ofString(body));
    asked
        .getHeaderMap()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CLIENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<byte[]> answer = ask(request.build());
    HTTPResponse response = new HTTPResponse(answer.statusCode());
    answer
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> response.setHeader("Content-Type", type));
    response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
    return response;
  }

  /** Returns the text at an address. */
  String get(URI address) throws IOException {
    HttpResponse<byte[]> answer =
        ask(HttpRequest.newBuilder(address).header("Accept", "application/json").build());
    if (answer.statusCode() != 200) {
      throw new IOException("answered with status " + answer.statusCode());
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    try {
      return new Resource(get(url.toURI()), "application/json");
    } catch (URISyntaxException broken) {
      throw new IOException(broken);
    }
  }

  /** The time goes from the first byte sent to the last one read, however they trickle. */
  private HttpResponse<byte[]> ask(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new LimitedBody());
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + SECONDS + " seconds", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    } finally {
      answer.cancel(true);
    }
  }

  /** A body that is given up where it gets too long. */
  private static final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private Flow.Subscription subscription;
    private long bytes;

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      whole.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      bytes += part.stream().mapToLong(ByteBuffer::remaining).sum();
      if (bytes > MOST_BYTES) {
        subscription.cancel();
        whole.onError(new IOException("the answer is longer than " + MOST_BYTES + " bytes"));
      } else {
        whole.onNext(part);
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.onError(failure);
    }

    @Override
    public void onComplete() {
      whole.onComplete();
    }
  }
}
