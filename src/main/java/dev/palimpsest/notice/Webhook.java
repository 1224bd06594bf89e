package dev.palimpsest.notice;

import dev.palimpsest.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts notices as JSON. The header {@code Palimpsest-Signature} is {@code sha256=} and the
 * HMAC-SHA256 of the body's bytes under the shared secret, in lower-case hex; {@code
 * Palimpsest-Notice} is the notice's id. An answer of 200 to 299 takes it; redirections are not
 * followed.
 */
public final class Webhook implements Channel {
  /** What its rows are called. */
  static final String NAME = "webhook";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST_SECRET = 16;
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(15);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TO_CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final URI address;
  private final byte[] secret;

  private Webhook(URI address, String secret) {
    this.address = address;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Makes one.
   *
   * @param secret shared with the receiver
   * @throws NoticeException if the address is none or the secret is missing
   */
  public static Webhook of(String address, String secret) {
    if (secret == null || secret.length() < SHORTEST_SECRET) {
      throw new NoticeException(
          "A webhook's notices are signed, and the secret for that is missing or short; set"
              + " PALIMPSEST_WEBHOOK_SECRET to at least "
              + SHORTEST_SECRET
              + " characters that the receiver knows too.");
    }
    return ServerAddress.of(address, Set.of("http", "https"))
        .map(uri -> new Webhook(uri, secret))
        .orElseThrow(
            () ->
                new NoticeException(
                    "The address of the webhook is not one like https://host/path, without a name or password"
                        + " in it; correct it at --notify-webhook."));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void send(Notice notice) throws IOException {
    byte[] body = notice.body().getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TO_ANSWER)
            .header("Content-Type", "application/json")
            .header("User-Agent", "palimpsest")
            .header("Palimpsest-Event", notice.kind())
            .header("Palimpsest-Notice", Long.toString(notice.id()))
            .header("Palimpsest-Signature", "sha256=" + signature(secret, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException("it answered " + answer.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    }
  }

  /** Returns the HMAC-SHA256 of a body in lower-case hex. */
  static String signature(byte[] secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
    }
  }
}
