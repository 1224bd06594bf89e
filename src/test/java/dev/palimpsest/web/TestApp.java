package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.Accounts;
import dev.palimpsest.oidc.ProviderSettings;
import dev.palimpsest.registry.CheckpointCheck;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.FreeSpace;
import dev.palimpsest.registry.InspectionCheck;
import dev.palimpsest.registry.UploadTimes;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.guard.Reach;
import dev.palimpsest.web.guard.TrafficLimits;
import dev.palimpsest.worker.WorkerLoader;
import dev.palimpsest.worker.inspection.InspectionLimits;
import dev.palimpsest.worker.inspection.InspectionProcess;
import dev.palimpsest.worker.inspection.SignerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The real server over a fresh data folder, with a browser's cookies in front of it. */
public final class TestApp implements AutoCloseable {
  final SampleAudits audits;
  final SuiteLibrary suites = SuiteLibrary.bundled();
  final Path data;
  private final Database database;
  private final WebApp app;
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  private final With with;

  /** What a test sets up differently from a server in earnest. */
  public record With(
      List<Path> roots,
      Optional<LongSupplier> free,
      Optional<CheckpointCheck> check,
      UploadTimes times,
      TrafficLimits limits,
      Clock clock,
      Reach reach,
      Optional<ProviderSettings> provider) {
    /** Returns what a server in earnest has. */
    public static With standard() {
      return new With(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          UploadTimes.standard(),
          TrafficLimits.standard(),
          Clock.systemUTC(),
          Reach.LOCAL,
          Optional.empty());
    }

    /** Returns the same with folders from which checkpoints may be registered. */
    public With roots(Path... folders) {
      return new With(List.of(folders), free, check, times, limits, clock, reach, provider);
    }

    /** Returns the same on a disk with so many bytes left. */
    public With room(LongSupplier bytes) {
      return new With(roots, Optional.of(bytes), check, times, limits, clock, reach, provider);
    }

    /** Returns the same with other times of uploads. */
    public With times(UploadTimes other) {
      return new With(roots, free, check, other, limits, clock, reach, provider);
    }

    /** Returns the same with files that nobody looks into: whatever is sent is a checkpoint. */
    public With anythingIsACheckpoint() {
      CheckpointCheck any =
          new CheckpointCheck() {
            @Override
            public Outcome check(Path location, Optional<Path> base) {
              return new Outcome(
                  "ab".repeat(32), 1, base.isPresent(), List.of(), "{}", Optional.empty());
            }

            @Override
            public long checkHead(String name, long length, byte[] head) {
              return 0;
            }
          };
      return new With(roots, free, Optional.of(any), times, limits, clock, reach, provider);
    }

    /** Returns the same with other limits. */
    public With limits(TrafficLimits other) {
      return new With(roots, free, check, times, other, clock, reach, provider);
    }

    /** Returns the same with a clock of the test's own. */
    public With clock(Clock other) {
      return new With(roots, free, check, times, limits, other, reach, provider);
    }

    /** Returns the same reached from elsewhere. */
    public With reach(Reach other) {
      return new With(roots, free, check, times, limits, clock, other, provider);
    }

    /** Returns the same with a provider by which people sign in. */
    public With provider(ProviderSettings other) {
      return new With(roots, free, check, times, limits, clock, reach, Optional.of(other));
    }

    private FreeSpace space(Path data) {
      return free.map(bytes -> new FreeSpace(bytes, 0)).orElseGet(() -> FreeSpace.on(data));
    }
  }

  private TestApp(SampleAudits audits, Path data, With with) {
    this.audits = audits;
    this.data = data;
    this.with = with;
    this.database = Database.open(data);
    audits.keepRowsIn(database);
    WebApp.Parts parts =
        new WebApp.Parts(
            database,
            suites,
            audits,
            with.check().orElseGet(TestApp::inspection),
            with.space(data),
            with.times(),
            with.limits(),
            with.clock());
    this.app =
        WebApp.start(
            new WebSettings(
                0,
                data,
                with.roots(),
                WorkerLoader.standard(),
                Optional.empty(),
                Optional.empty(),
                SignerFiles.none(),
                with.reach(),
                List.of(),
                with.provider()),
            parts);
  }

  private static CheckpointCheck inspection() {
    return new InspectionCheck(new InspectionProcess(InspectionLimits.standard())::inspect);
  }

  /** Returns what can be asked of this server. */
  List<WebApp.Route> routes() {
    return app.routes();
  }

  /** Returns the database of this server. */
  Database database() {
    return database;
  }

  /** Returns the people of this server. */
  Accounts accounts() {
    return app.accounts();
  }

  /** Returns the checkpoints of this server. */
  CheckpointRegistry checkpoints() {
    return app.checkpoints();
  }

  /** Starts the server as a test wants it. */
  public static TestApp start(Path data, With with) {
    return new TestApp(new SampleAudits(), data, with);
  }

  /** Starts the server; checkpoints may be registered from the given folders. */
  public static TestApp start(Path data, Path... roots) {
    return start(data, With.standard().roots(roots));
  }

  /** Starts the server on a disk with so many bytes left. */
  public static TestApp startWithRoom(Path data, LongSupplier free) {
    return start(data, With.standard().room(free));
  }

  /** Starts the server with a clock of the test's own. */
  public static TestApp startAt(Path data, Clock clock) {
    return start(data, With.standard().clock(clock));
  }

  /** Stops the server and starts another over the same data. */
  public TestApp restarted() {
    return restarted(with);
  }

  /** Stops the server and starts another one, set up differently, over the same data. */
  TestApp restarted(With other) {
    close();
    return new TestApp(audits, data, other);
  }

  /** Takes the stored reports away, as if a version with other fields had made them. */
  void forgetReports() {
    database.write(handle -> handle.execute("update report set shape = 'of another version'"));
  }

  /** Returns the address of a path. */
  public URI uri(String path) {
    return URI.create(app.address().replace("localhost", "127.0.0.1") + path);
  }

  /** Returns the port. */
  public int port() {
    return URI.create(app.address()).getPort();
  }

  /** Sends a request. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Opens a page. */
  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /** Returns a page that opens as it should, with nothing of its template left. */
  public String page(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    assertThat(answer.body()).startsWith("<!DOCTYPE html>").doesNotContain("th:");
    return answer.body();
  }

  /** Sends a form as the page shown at {@code from} would, with its token. */
  public HttpResponse<String> post(String from, String path, Map<String, String> fields) {
    String body = form(fields) + "&_token=" + encode(token(get(from).body()));
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Sends JSON. */
  public HttpResponse<String> postJson(String path, String json) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** Returns the token of a page's form. */
  static String token(String page) {
    Matcher field = Pattern.compile("name=\"_token\" value=\"([^\"]+)\"").matcher(page);
    if (!field.find()) {
      throw new AssertionError("the page has no form: " + page);
    }
    return field.group(1);
  }

  /** Returns how often a text holds another. */
  static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    app.close();
    database.close();
  }
}
