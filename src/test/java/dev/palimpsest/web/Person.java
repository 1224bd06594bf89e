package dev.palimpsest.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/** Somebody with a browser of their own. */
final class Person {
  static final String PASSWORD = "three plain words";

  private final TestApp app;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();

  Person(TestApp app) {
    this.app = app;
  }

  /** Somebody who is signed in by a session. */
  Person(TestApp app, String session) {
    this(app);
    HttpCookie cookie = new HttpCookie("palimpsest_session", session);
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(app.uri("/"), cookie);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(app.uri(path)));
  }

  /** Sends a form as the page shown at {@code from} would. */
  HttpResponse<String> post(String from, String path, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("_token", TestApp.token(get(from).body()));
    return send(
        HttpRequest.newBuilder(app.uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(TestApp.form(all))));
  }

  HttpResponse<String> signIn(String name, String password, String code) {
    return post("/sign-in", "/sign-in", Map.of("name", name, "password", password, "code", code));
  }

  /** Returns the secret of the session. */
  String session() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("palimpsest_session"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
