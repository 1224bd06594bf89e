package dev.palimpsest.web;

import com.nimbusds.jwt.JWT;
import dev.palimpsest.Json;
import dev.palimpsest.oidc.ProviderSettings;
import dev.palimpsest.oidc.RoleClaim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import okhttp3.Headers;

/** An OpenID Connect provider of its own making (mock-oauth2-server), asked over HTTP. */
final class CompanyProvider implements AutoCloseable {
  static final String CLIENT = "palimpsest";
  static final String SECRET = "a secret of the client that is long enough to sign by";
  private static final String ID = "company";

  private final Deque<String> instead = new ConcurrentLinkedDeque<>();
  private final MockOAuth2Server server = new MockOAuth2Server(new Instead());
  private final HttpClient browser = HttpClient.newHttpClient();

  CompanyProvider() {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  String issuer() {
    return server.issuerUrl(ID).toString();
  }

  ProviderSettings settings(Optional<RoleClaim> roles, boolean invitedOnly) {
    return new ProviderSettings(
        URI.create(issuer()), CLIENT, SECRET, "Company sign-in", roles, invitedOnly);
  }

  /** Signs somebody in without asking and returns where the browser is sent. */
  URI signIn(URI asked, String subject, Map<String, Object> claims) {
    server.enqueueCallback(
        new DefaultOAuth2TokenCallback(ID, subject, "JWT", List.of(CLIENT), claims, 3600));
    return sentTo(send(HttpRequest.newBuilder(asked)));
  }

  /** Has somebody type a name into the provider's page, which it shows to whoever is asked anew. */
  URI signInAnew(URI asked, String subject, Map<String, Object> claims) {
    HttpResponse<String> page = send(HttpRequest.newBuilder(asked));
    if (page.statusCode() != 200) {
      throw new AssertionError("the provider did not ask: " + page.statusCode());
    }
    String form = TestApp.form(Map.of("username", subject, "claims", json(claims)));
    return sentTo(
        send(
            HttpRequest.newBuilder(asked)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))));
  }

  private static URI sentTo(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return browser.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Returns claims that are right in every respect, for a test to make one wrong. */
  Map<String, Object> rightClaims(URI asked) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer());
    claims.put("sub", "sub-mallory");
    claims.put("aud", CLIENT);
    claims.put("nonce", query(asked, "nonce"));
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
    return claims;
  }

  /** Has the provider answer the next request, for a token, with another ID token. */
  void giveInstead(JWT token) {
    answerNext(
        json(
            Map.of(
                "access_token",
                "access-of-the-test",
                "token_type",
                "Bearer",
                "expires_in",
                600,
                "id_token",
                token.serialize())));
  }

  /** Has the provider answer the next request but those before with some JSON. */
  void answerNext(String body) {
    instead.add(body);
  }

  /** Answers with what a test wants while there is any, whatever is asked for. */
  private final class Instead implements Route {
    @Override
    public boolean match(OAuth2HttpRequest request) {
      return !instead.isEmpty();
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
      return new OAuth2HttpResponse(
          Headers.of("Content-Type", "application/json"), 200, instead.poll(), null);
    }
  }

  static String query(URI address, String name) {
    for (String pair : address.getRawQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  static String json(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
