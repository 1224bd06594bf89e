package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.Session;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Reach;
import dev.palimpsest.web.guard.TlsKeys;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From where the server is reached, by HTTPS of its own or by a proxy. */
@Tag("slow")
final class ReachTest {
  private static final Path KEYS = Path.of("src/test/resources/tls");
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir private Path data;
  private TestApp app;

  @AfterEach
  void stop() {
    if (app != null) {
      app.close();
    }
  }

  private static Reach reach(InetAddress address, TlsKeys tls, InetAddress proxy) {
    return new Reach(address, Optional.ofNullable(tls), Optional.ofNullable(proxy), List.of());
  }

  private static TlsKeys keys() {
    return TlsKeys.read(KEYS.resolve("cert.pem"), KEYS.resolve("key.pem"));
  }

  private static TestApp.With with(Reach reach) {
    return TestApp.With.standard().reach(reach);
  }

  private void addAda() {
    app = TestApp.start(data);
    app.accounts().users().add(new NewUser("ada", "", UserRole.ADMINISTRATOR), Person.PASSWORD);
  }

  @Test
  void beyondThisMachineTheServerStartsOnlyWithHttpsAndAnAdministrator() throws Exception {
    InetAddress everywhere = InetAddress.getByName("0.0.0.0");
    app = TestApp.start(data);
    assertThatThrownBy(() -> app.restarted(with(reach(everywhere, null, null))))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("over HTTPS only");
  }

  @Test
  void withoutAnAdministratorNoProxyIsServed() {
    app = TestApp.start(data);
    assertThatThrownBy(() -> app.restarted(with(reach(HERE, null, HERE))))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("There is no administrator yet");
  }

  @Test
  void withAKeyPairCookiesAndHeadersAreThoseOfHttps() throws Exception {
    addAda();
    app = app.restarted(with(reach(HERE, keys(), null)));
    HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
    HttpResponse<String> page =
        client.send(HttpRequest.newBuilder(app.uri("/sign-in")).build(), BodyHandlers.ofString());
    assertThat(page.uri().getScheme()).isEqualTo("https");
    assertThat(page.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    String browser = cookie(page, "__Host-palimpsest_browser");
    HttpResponse<String> in = client.send(signIn(browser, page).build(), BodyHandlers.ofString());
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(in.headers().allValues("Set-Cookie").toString())
        .contains("__Host-palimpsest_session=", "Secure", "HttpOnly", "Path=/")
        .doesNotContain("Domain");
  }

  private HttpRequest.Builder signIn(String browser, HttpResponse<String> page) {
    Map<String, String> form =
        Map.of("name", "ada", "password", Person.PASSWORD, "_token", TestApp.token(page.body()));
    return HttpRequest.newBuilder(app.uri("/sign-in"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Cookie", browser)
        .POST(BodyPublishers.ofString(TestApp.form(form)));
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.replaceAll(";.*", ""))
        .findFirst()
        .orElseThrow();
  }

  private static SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(KEYS.resolve("cert.pem"))) {
      store.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void behindAProxyItsWordIsTakenOnWhoAsksAndHow() throws Exception {
    addAda();
    app = app.restarted(with(reach(HERE, null, HERE)));
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<String> page =
        client.send(
            proxied(HttpRequest.newBuilder(app.uri("/sign-in"))).build(), BodyHandlers.ofString());
    HttpResponse<String> in =
        client.send(
            proxied(signIn(cookie(page, "__Host-palimpsest_browser"), page)).build(),
            BodyHandlers.ofString());
    assertThat(in.statusCode()).isEqualTo(302);
    String secret = cookie(in, "__Host-palimpsest_session").replaceAll(".*?=", "");
    assertThat(app.accounts().sessions().of(secret).map(Session::address)).hasValue("203.0.113.7");

    HttpResponse<String> direct = app.get("/sign-in");
    assertThat(direct.statusCode()).isEqualTo(403);
    assertThat(direct.body()).contains("asked through its proxy over HTTPS only");
    assertThat(app.get("/healthz/live").statusCode()).isEqualTo(200);
  }

  private static HttpRequest.Builder proxied(HttpRequest.Builder request) {
    return request
        .header("X-Forwarded-For", "192.0.2.1, 203.0.113.7")
        .header("X-Forwarded-Proto", "https");
  }

  @Test
  void whatIsNoPairIsRefusedWithAWayToMakeOne() {
    assertThatThrownBy(() -> TlsKeys.read(KEYS.resolve("key.pem"), KEYS.resolve("key.pem")))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("--tls-cert");
    assertThatThrownBy(() -> TlsKeys.read(KEYS.resolve("cert.pem"), KEYS.resolve("cert.pem")))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }
}
