package dev.palimpsest.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.palimpsest.Json;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.storage.Database;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notices to a real web server and by a real mail server, both on this machine. */
abstract class NoticesContract {
  private static final String SECRET = "a secret that both know";
  private static final String ADDRESS = "http://palimpsest.example";

  /** What a web server was sent. */
  private record Got(String event, String id, String signature, String body) {}

  private final Database database = fresh();
  private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  private final Outbox outbox = new Outbox(database, clock);
  private final List<Got> got = new ArrayList<>();
  private volatile int answer = 200;
  private HttpServer server;

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::take);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    database.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (got) {
      got.add(
          new Got(
              exchange.getRequestHeaders().getFirst("Palimpsest-Event"),
              exchange.getRequestHeaders().getFirst("Palimpsest-Notice"),
              exchange.getRequestHeaders().getFirst("Palimpsest-Signature"),
              body));
    }
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private Webhook webhook() {
    return Webhook.of("http://127.0.0.1:" + server.getAddress().getPort() + "/hook", SECRET);
  }

  private Courier courier(Channel... channels) {
    return Courier.of(database, outbox, List.of(channels), ADDRESS);
  }

  private void finished(String id) {
    database.write(
        handle -> {
          handle.execute(
              "insert into audit (id, plan, plan_digest, frozen_at, finished_at, title, base_name)"
                  + " values (?, '{}', 'd', ?, ?, 'SQL assistant, Zoë', 'tiny')",
              id,
              clock.instant().atOffset(ZoneOffset.UTC),
              clock.instant().atOffset(ZoneOffset.UTC));
          handle.execute(
              "insert into report (audit_id, shape, verdict, digest, body, stored_at)"
                  + " values (?, 's', 'NOT_PROVEN', 'digest', '{}', current_timestamp)",
              id);
        });
  }

  private void decided(String id, SignOff.Decision decision) {
    new SignOffs(database)
        .add(
            new SignOff(
                id,
                "digest",
                new SignOff.Checkpoint("null-lora", "ab".repeat(32)),
                decision,
                "Zoë O'Hara",
                "",
                "Because.",
                SignOff.Terms.NONE,
                SignOff.Independence.UNAUTHENTICATED,
                clock.instant()));
  }

  @Test
  void anAuditThatWaitsAndADecisionArePostedOnceWithASignature() throws Exception {
    Courier courier = courier(webhook());
    finished("audit1");
    courier.round();
    decided("audit1", SignOff.Decision.REJECTED);
    courier.round();
    courier.round();
    assertThat(got).extracting(Got::event).containsExactly("audit.awaits-review", "decision.made");
    for (Got one : got) {
      byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
      assertThat(one.signature())
          .isEqualTo(
              "sha256=" + Webhook.signature(secret, one.body().getBytes(StandardCharsets.UTF_8)));
    }
    JsonNode waits = Json.mapper().readTree(got.get(0).body());
    assertThat(waits.at("/audit/title").asText()).isEqualTo("SQL assistant, Zoë");
    assertThat(waits.at("/audit/url").asText()).isEqualTo(ADDRESS + "/audits/audit1/report");
    assertThat(waits.path("verdict").asText()).isEqualTo("NOT_PROVEN");
    JsonNode decision = Json.mapper().readTree(got.get(1).body());
    assertThat(decision.path("decision").asText()).isEqualTo("REJECTED");
    assertThat(decision.path("signer").asText()).isEqualTo("Zoë O'Hara");
    assertThat(decision.path("authenticated").asBoolean()).isFalse();
    assertThat(decision.at("/checkpoint/name").asText()).isEqualTo("null-lora");
  }

  /** RFC 4231, test case 2. */
  @Test
  void theSignatureIsThatOfTheStandard() {
    assertThat(
            Webhook.signature(
                "Jefe".getBytes(StandardCharsets.US_ASCII),
                "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void whatHappenedBeforeAWayWasConfiguredIsNotTold() {
    finished("old");
    clock.pass(Duration.ofMinutes(1));
    Courier courier = courier(webhook());
    courier.round();
    assertThat(got).isEmpty();
    finished("new");
    courier.round();
    assertThat(got).hasSize(1);
  }

  @Test
  void whatNobodyTakesIsSentAgainAtLongerAndLongerIntervalsAndGivenUpInTheEnd() {
    Courier courier = courier(webhook());
    finished("audit1");
    answer = 302;
    courier.round();
    courier.round();
    assertThat(got).as("not again at once").hasSize(1);
    answer = 500;
    clock.pass(Duration.ofSeconds(10));
    courier.round();
    assertThat(got).hasSize(2);
    answer = 204;
    clock.pass(Duration.ofSeconds(19));
    courier.round();
    assertThat(got).hasSize(2);
    clock.pass(Duration.ofSeconds(1));
    courier.round();
    courier.round();
    assertThat(got).hasSize(3);
    assertThat(got).extracting(Got::id).containsOnly(got.get(0).id());

    finished("audit2");
    answer = 500;
    for (int i = 0; i < 2 * Outbox.MOST_ATTEMPTS; i++) {
      courier.round();
      clock.pass(Duration.ofHours(9));
    }
    assertThat(got).hasSize(3 + Outbox.MOST_ATTEMPTS);
    assertThat(outbox.givenUp())
        .singleElement()
        .satisfies(one -> assertThat(one.problem()).isEqualTo("it answered 500"));
    assertThat(Outbox.pause(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Outbox.pause(Outbox.MOST_ATTEMPTS)).isEqualTo(Duration.ofHours(8));
  }

  @Test
  void aNoticeThatAKilledProcessHadTakenIsSentByTheNext() {
    courier(webhook());
    finished("audit1");
    new Happenings(database, outbox, ADDRESS).collect(Webhook.NAME);
    assertThat(outbox.take(Webhook.NAME)).isPresent();
    assertThat(outbox.take(Webhook.NAME)).as("somebody has it").isEmpty();
    clock.pass(Duration.ofMinutes(3));
    courier(webhook()).round();
    assertThat(got).hasSize(1);
  }

  @Test
  void mailGoesByARealServerAndSaysWhatThereIsToDo() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    try {
      mail.setUser("palimpsest@example.org", "palimpsest", "the password");
      Courier courier =
          courier(
              Mail.of(
                  "smtp://127.0.0.1:" + mail.getSmtp().getPort(),
                  "palimpsest@example.org",
                  "ann@example.org, ben@example.org",
                  Optional.of(new Mail.Login("palimpsest", "the password"))));
      finished("audit1");
      decided("audit1", SignOff.Decision.APPROVED);
      courier.round();
      courier.round();
      Map<String, List<MimeMessage>> received = new HashMap<>();
      for (MimeMessage one : mail.getReceivedMessages()) {
        received.computeIfAbsent(one.getSubject(), subject -> new ArrayList<>()).add(one);
      }
      List<MimeMessage> waits = received.get("Palimpsest: SQL assistant, Zoë waits for review");
      assertThat(waits).as("one each for Ann and Ben").hasSize(2);
      assertThat(waits.get(0).getContent().toString())
          .contains("NOT PROVEN", ADDRESS + "/audits/audit1/report");
      assertThat(waits.get(0).getFrom()[0]).hasToString("palimpsest@example.org");
      List<MimeMessage> decided = received.get("Palimpsest: null-lora approved");
      assertThat(decided).hasSize(2);
      assertThat(decided.get(0).getContent().toString()).contains("Zoë O'Hara (unauthenticated)");
      assertThat(decided.get(0).getMessageID()).endsWith("@example.org>");
    } finally {
      mail.stop();
    }
  }

  @Test
  void aMailServerThatIsNotThereCostsNothingButTime() {
    Courier courier =
        courier(
            Mail.of("smtp://127.0.0.1:1", "a@example.org", "b@example.org", Optional.empty()),
            webhook());
    finished("audit1");
    courier.round();
    assertThat(got).as("the other way works").hasSize(1);
    assertThat(outbox.take(Mail.NAME)).isEmpty();
    clock.pass(Duration.ofSeconds(10));
    assertThat(outbox.take(Mail.NAME)).isPresent();
  }

  @Test
  void addressesWithFaultsAreRefusedAtTheStart() {
    assertThatThrownBy(() -> Webhook.of("https://host/x", null))
        .isInstanceOf(NoticeException.class)
        .hasMessageContaining("set PALIMPSEST_WEBHOOK_SECRET");
    for (String address : new String[] {"ftp://host", "https://me:pass@host/", "nonsense", "a b"}) {
      assertThatThrownBy(() -> Webhook.of(address, SECRET))
          .isInstanceOf(NoticeException.class)
          .hasMessageContaining("--notify-webhook");
    }
    for (String address : new String[] {"host:25", "http://host", "smtp://me:x@host", "smtp:"}) {
      assertThatThrownBy(() -> Mail.of(address, "a@b.org", "c@d.org", Optional.empty()))
          .isInstanceOf(NoticeException.class)
          .hasMessageContaining("--notify-smtp");
    }
    assertThatThrownBy(() -> Mail.of("smtp://host", "a@b.org", "nobody at all", Optional.empty()))
        .isInstanceOf(NoticeException.class)
        .hasMessageContaining("--notify-to");
    assertThatThrownBy(() -> Mail.of("smtp://host", null, "c@d.org", Optional.empty()))
        .isInstanceOf(NoticeException.class)
        .hasMessageContaining("--notify-from");
  }
}
