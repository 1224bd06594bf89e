package dev.palimpsest.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.evidence.verify.Verification;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of a process that signs decisions and exports bundles without
 * end. Whoever signs sends what was not answered again, as a person does whose browser shows that
 * the server is gone. The number of kills is 6 unless the system property palimpsest.kills says
 * another; bench/sign_off_kills.sh asks for 100.
 */
final class SignOffKillIT {
  private static final int KILLS = Integer.getInteger("palimpsest.kills", 6);
  private static final int KILLS_OF_ONE = 10;
  private static final long SEED = 20_261_201;

  /** A process lives for at most this many times what an export takes in it. */
  private static final int LONGEST_EXPORTS = 3;

  @TempDir private Path folder;

  @Test
  void noDecisionIsThereTwiceOrLostNoBundleIsHalfAndTheLedgerHolds() throws Exception {
    Random random = new Random(SEED);
    Counts all = new Counts();
    for (int left = KILLS; left > 0; left -= KILLS_OF_ONE) {
      Counts one = new Counts();
      killed(Files.createDirectory(folder.resolve("at-" + left)), left, random, one);
      all.add(one);
    }
    System.out.printf(
        "%d kills: %d decisions acknowledged, %d committed and not acknowledged and sent again;"
            + " %d exports ended, %d cut off, %d of them while the zip was written; %d bundles there"
            + " after a kill, all whole%n",
        KILLS, all.acknowledged, all.inFlight, all.exported, all.cutOff, all.halves, all.whole);
    assertThat(all.whole).as("exports that ended before a kill").isPositive();
  }

  /** Kills one installation at most {@link #KILLS_OF_ONE} times: its bundles grow as it signs. */
  private void killed(Path home, int left, Random random, Counts counts) throws Exception {
    Path data = home.resolve("data");
    String audit = finishedAudit(home, data);
    Path bundle = home.resolve("bundle.zip");
    int kills = Math.min(left, KILLS_OF_ONE);
    for (int kill = 0; kill < kills; kill++) {
      Files.deleteIfExists(bundle);
      long before = counts.acknowledged;
      signUntilKilled(home, audit, random.nextDouble() * LONGEST_EXPORTS, counts);
      long stored = requireWhole(data, audit, counts.acknowledged);
      counts.inFlight += stored > counts.acknowledged ? 1 : 0;
      if (Files.exists(bundle)) {
        Verification.of(bundle, Optional.empty());
        counts.whole++;
      }
      counts.halves += halves(home);
      assertThat(counts.acknowledged).isGreaterThanOrEqualTo(before);
    }
    // Each process exports twice before it is ready.
    counts.cutOff += exportsBegun(data) - 2L * kills - counts.exported;
  }

  /** What became of everything so far. */
  private static final class Counts {
    private long acknowledged;
    private int inFlight;
    private long exported;
    private int whole;
    private int halves;
    private long cutOff;

    void add(Counts other) {
      acknowledged += other.acknowledged;
      inFlight += other.inFlight;
      exported += other.exported;
      whole += other.whole;
      halves += other.halves;
      cutOff += other.cutOff;
    }
  }

  /**
   * Returns how many halves of a bundle lie about, under names that nobody takes for a bundle's.
   */
  private static int halves(Path home) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(home, ".bundle.zip.*")) {
      for (Path half : left) {
        Files.delete(half);
        count++;
      }
    }
    return count;
  }

  private static long exportsBegun(Path data) {
    long[] begun = {0};
    try (Database database = Database.open(data)) {
      new Ledger(database)
          .forEach(1, row -> begun[0] += row.body().contains("\"report.exported\"") ? 1 : 0);
    }
    return begun[0];
  }

  private static String finishedAudit(Path home, Path data) throws InterruptedException {
    SuiteLibrary library = new TinySuites(home.resolve("suites")).library(8);
    try (Database database = Database.open(data);
        AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      String id = audits.start(TinyAudit.plan(library, "signed", 1, TinyAudit.ADAPTER)).id();
      TinyAudit.awaitEnd(audits, id);
      return id;
    }
  }

  /** Kills after a time that is told in exports of the process itself. */
  private static void signUntilKilled(Path home, String audit, double exports, Counts counts)
      throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Signer.class.getName(),
                home.resolve("data").toString(),
                home.resolve("suites").toString(),
                audit,
                Long.toString(counts.acknowledged),
                home.resolve("bundle.zip").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String ready = lines.readLine();
      assertThat(ready).startsWith("ready ");
      long millis = Math.round(exports * Long.parseLong(ready.substring("ready ".length())));
      CompletableFuture<Void> killed =
          CompletableFuture.runAsync(
              () -> {
                pause(millis);
                process.toHandle().destroyForcibly(); // which leaves what it said to be read
              });
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        counts.acknowledged += line.equals("signed " + counts.acknowledged) ? 1 : 0;
        counts.exported += line.equals("exported") ? 1 : 0;
      }
      killed.join();
    }
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how many decisions are stored, each once and each with its row of the ledger. */
  private static long requireWhole(Path data, String audit, long acknowledged) {
    try (Database database = Database.open(data)) {
      List<Long> turns =
          database.read(
              handle ->
                  handle
                      .createQuery("select turn from sign_off where audit_id = :id order by turn")
                      .bind("id", audit)
                      .mapTo(Long.class)
                      .list());
      assertThat(turns)
          .as("each decision once, none lost")
          .isEqualTo(LongStream.range(0, turns.size()).boxed().toList());
      assertThat((long) turns.size()).isBetween(acknowledged, acknowledged + 1);
      Ledger ledger = new Ledger(database);
      assertThat(ledger.fault()).isEmpty();
      long[] signed = {0};
      ledger.forEach(1, row -> signed[0] += row.body().contains("\"report.signed\"") ? 1 : 0);
      assertThat(signed[0]).as("rows of the ledger").isEqualTo(turns.size());
      return turns.size();
    }
  }

  /**
   * Signs one decision after the other and says when each is answered, and exports meanwhile;
   * arguments are the data folder, the suites, the audit, the first decision's number and where the
   * bundle goes. It exports twice before it is ready, as a server has that runs for a while, and
   * says how long the second time took; and it does not sign as fast as it can, as a bundle holds
   * all decisions.
   */
  static final class Signer {
    private static final int PAUSE_MILLIS = 100;

    private Signer() {}

    public static void main(String[] args) {
      SuiteLibrary library = SuiteLibrary.of(Path.of(args[1]));
      Database database = Database.open(Path.of(args[0]));
      AuditService audits = AuditService.open(database, library, LocalRunner::open);
      Report report = Report.build(audits, args[2]);
      SigningKeys keys = new SigningKeys(Path.of(args[0]), new Ledger(database), Optional.empty());
      Exports exports = new Exports(database, audits, keys);
      SignOffs signOffs = new SignOffs(database);
      exports.write(args[2], Path.of(args[4] + ".first"));
      long began = System.nanoTime();
      exports.write(args[2], Path.of(args[4] + ".first"));
      say("ready " + Duration.ofNanos(System.nanoTime() - began).toMillis());
      Thread exporter =
          new Thread(
              () -> {
                while (true) {
                  exports.write(args[2], Path.of(args[4]));
                  say("exported");
                }
              });
      exporter.setDaemon(true);
      exporter.start();
      for (long turn = Long.parseLong(args[3]); ; turn++) {
        signOffs.add(decision(report, args[2], turn), turn);
        say("signed " + turn);
        pause(PAUSE_MILLIS);
      }
    }

    private static synchronized void say(String line) {
      System.out.println(line);
      System.out.flush();
    }

    private static SignOff decision(Report report, String audit, long turn) {
      var arm = report.data().tuned().get(0);
      return new SignOff(
          audit,
          report.digest(),
          new SignOff.Checkpoint(arm.name(), arm.digest()),
          SignOff.Decision.REJECTED,
          "The ben",
          "ben",
          "Decision " + turn + ".",
          SignOff.Terms.NONE,
          SignOff.Independence.INDEPENDENT,
          Instant.parse("2026-11-30T12:00:00Z").plusSeconds(turn));
    }
  }
}
