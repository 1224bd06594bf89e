package dev.palimpsest.evidence.bundle;

import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.PersonalKey;
import dev.palimpsest.account.PersonalKeys;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.decision.Regression;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.model.SampleAudit;
import dev.palimpsest.storage.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A bundle of an audit of known outcome, and what somebody may do to it. */
public final class SampleBundle {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final SortedMap<String, byte[]> members;
  private final SigningKey key;

  private SampleBundle(SortedMap<String, byte[]> members, SigningKey key) {
    this.members = members;
    this.key = key;
  }

  /** Exports an audit with three tuned checkpoints that one person rejected. */
  public static SampleBundle make(Path data) {
    return make(
        data,
        (database, audit, report) ->
            List.of(
                new SignOff(
                    audit.id(),
                    report.digest(),
                    SignOff.Decision.REJECTED,
                    "Zoë O'Hara",
                    "Too much was lost <b>here</b>.",
                    Instant.parse("2026-11-25T09:00:00Z"))));
  }

  /**
   * Exports the same audit with a decision on each checkpoint by somebody who signed in: one is
   * approved, one rejected, and one approved although it lost much.
   */
  public static SampleBundle decided(Path data) {
    return make(
        data,
        (database, audit, report) ->
            report.data().tuned().stream()
                .map(arm -> decision(audit, report, arm, "user-2", "Ben Nevis"))
                .toList());
  }

  /**
   * Exports the same decisions, made by Eve on json-format and by Ben on the others, each signed.
   */
  public static SampleBundle signed(Path data) {
    return make(data, SampleBundle::signInPerson);
  }

  private static List<SignOff> signInPerson(Database database, Audit audit, Report report) {
    database.write(
        handle ->
            handle.execute(
                "insert into audit (id, plan, plan_digest, frozen_at)"
                    + " values (?, '{}', 'digest', current_timestamp)",
                audit.id()));
    Accounts accounts = Accounts.of(database, Path.of("nowhere"), Clock.fixed(NOW, ZoneOffset.UTC));
    String password = "three plain words";
    accounts.users().add(new NewUser("ben", "Ben Nevis", UserRole.ADMINISTRATOR), password);
    accounts.users().add(new NewUser("eve", "Eve Zoë", UserRole.APPROVER), password);
    SignOffs signOffs = new SignOffs(database);
    for (ReportData.TunedCheckpoint arm : report.data().tuned()) {
      String name = arm.name().equals("json-format") ? "eve" : "ben";
      User user = accounts.users().named(name).orElseThrow();
      signOffs.add(
          decision(audit, report, arm, user.id(), user.printedName()),
          0,
          DecisionStatement.by(accounts.keys().open(user, password), report));
    }
    List<SignOff> oldestFirst = new ArrayList<>(signOffs.of(audit.id()));
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  /** Who decides what. */
  private interface Decisions {
    List<SignOff> on(Database database, Audit audit, Report report);
  }

  private static SignOff decision(
      Audit audit, Report report, ReportData.TunedCheckpoint arm, String userId, String name) {
    List<String> accepted =
        Regression.of(report.data(), arm.name()).stream().map(Regression::name).toList();
    SignOff.Decision decision =
        switch (arm.name()) {
          case "sql-forget" -> SignOff.Decision.CONDITIONAL;
          case "json-format" -> SignOff.Decision.REJECTED;
          default -> SignOff.Decision.APPROVED;
        };
    return new SignOff(
        audit.id(),
        report.digest(),
        new SignOff.Checkpoint(arm.name(), arm.digest()),
        decision,
        name,
        userId,
        "Looked at.",
        decision == SignOff.Decision.CONDITIONAL
            ? new SignOff.Terms(
                accepted, "In SQL only.", Optional.of(LocalDate.parse("2027-01-31")), 1)
            : SignOff.Terms.NONE,
        SignOff.Independence.INDEPENDENT,
        Instant.parse("2026-11-25T09:00:00Z"));
  }

  /**
   * Takes one that was exported.
   *
   * @param key that signed its statements
   */
  static SampleBundle of(Path zip, SigningKey key) throws IOException {
    return new SampleBundle(unzip(Files.readAllBytes(zip)), key);
  }

  private static SampleBundle make(Path data, Decisions decisions) {
    SampleAudit sample = SampleAudit.frozen();
    Report report = sample.report();
    try (Database database = Database.inMemory()) {
      Ledger ledger = new Ledger(database);
      ledger.add(entry("audit.planned", "another audit"));
      ledger.add(entry("audit.planned", sample.audit().id()));
      ledger.add(entry("audit.planned", "a third audit"));
      List<SignOff> made = decisions.on(database, sample.audit(), report);
      SigningKeys keys = new SigningKeys(data, ledger, Optional.empty());
      SigningKey key = keys.current();
      Ledger.Head end = ledger.add(entry("report.exported", sample.audit().id()));
      Dossier dossier = new Dossier(sample.audit(), report, made, PersonalKeys.of(database).list());
      Set<String> people = dossier.keys().stream().map(PersonalKey::id).collect(Collectors.toSet());
      Bundle bundle =
          Bundle.of(
              dossier,
              LedgerExtract.of(ledger, sample.audit().id(), people, end),
              CheckpointSignatures.of(
                  new AuditedFiles(database).of(sample.audit().plan()), keys::ofCheckpoints),
              key,
              NOW);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      bundle.write(out);
      return new SampleBundle(unzip(out.toByteArray()), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LedgerEntry entry(String action, String audit) {
    return LedgerEntry.ofAudit(action, LedgerEntry.Actor.LOCAL, audit, "", Map.of());
  }

  private static SortedMap<String, byte[]> unzip(byte[] bytes) throws IOException {
    SortedMap<String, byte[]> members = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    }
    return members;
  }

  /** Returns the members by name. */
  public SortedMap<String, byte[]> members() {
    return members;
  }

  /** Returns a member as text. */
  public String text(String name) {
    return new String(members.get(name), StandardCharsets.UTF_8);
  }

  /** Returns a copy that can be changed. */
  public SampleBundle copy() {
    return new SampleBundle(new TreeMap<>(members), key);
  }

  /** Returns the key that signed. */
  public SigningKey key() {
    return key;
  }

  /** Replaces a member. */
  public SampleBundle with(String name, String text) {
    members.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Takes a member out. */
  public SampleBundle without(String name) {
    members.remove(name);
    return this;
  }

  /** Changes one byte of a member. */
  public SampleBundle flipped(String name) {
    byte[] changed = members.get(name).clone();
    changed[changed.length / 2] ^= 1;
    members.put(name, changed);
    return this;
  }

  /** Makes the sums those of the members, as anybody can. */
  public SampleBundle summed() {
    SortedMap<String, String> digests = digests();
    digests.remove(Members.SUMS);
    members.put(Members.SUMS, Bundle.sums(digests));
    return this;
  }

  /**
   * Signs everything anew with a key, as whoever holds it can.
   *
   * @param change of each statement but the closing one
   */
  public SampleBundle signedAnew(SigningKey by, UnaryOperator<Statement> change) {
    return signedAnew(by, change, "", "");
  }

  private SampleBundle signedAnew(
      SigningKey by, UnaryOperator<Statement> change, String oldReport, String newReport) {
    return sealedAnew(
        by,
        old ->
            new Envelope(
                Envelope.IN_TOTO,
                Envelope.payload(change.apply(Statement.of(old, "line"))),
                List.of()),
        oldReport,
        newReport);
  }

  /**
   * Signs everything anew with a key; the signatures of people stay unless they are taken off.
   *
   * @param change of each envelope but the closing one, which holds the signatures of people only
   */
  public SampleBundle sealedAnew(SigningKey by, UnaryOperator<Envelope> change) {
    return sealedAnew(by, change, "", "");
  }

  private SampleBundle sealedAnew(
      SigningKey by, UnaryOperator<Envelope> change, String oldReport, String newReport) {
    List<Envelope> others = new ArrayList<>();
    Statement closing = null;
    for (String line : text(Members.STATEMENTS).lines().toList()) {
      Envelope envelope = Envelope.parse(line, "line");
      Statement statement = Statement.of(envelope, "line");
      if (statement.predicateType().equals(Statement.BUNDLE)) {
        closing = replaced(statement, oldReport, newReport);
      } else {
        List<Envelope.Signed> people =
            envelope.signatures().subList(1, envelope.signatures().size());
        others.add(
            change.apply(new Envelope(envelope.type(), envelope.payload(), people)).signedBy(by));
      }
    }
    SortedMap<String, String> subjects = digests();
    subjects.remove(Members.SUMS);
    subjects.remove(Members.STATEMENTS);
    Map<String, Object> predicate =
        Map.of(
            "report",
            closing.tree().get("report"),
            "statements",
            others.stream().map(Envelope::digest).toList());
    others.add(Envelope.sign(new Statement(subjects, Statement.BUNDLE, predicate), by));
    StringBuilder lines = new StringBuilder();
    others.forEach(one -> lines.append(one.json()).append('\n'));
    return with(Members.STATEMENTS, lines.toString()).summed();
  }

  /** Signs everything anew with the right key, each mention of a report's digest replaced. */
  public SampleBundle signedAnewFor(String oldReport, String newReport) {
    return signedAnew(
        key, statement -> replaced(statement, oldReport, newReport), oldReport, newReport);
  }

  private static Statement replaced(Statement statement, String old, String now) {
    try {
      String json = Json.mapper().writeValueAsString(statement.tree());
      json = old.isEmpty() ? json : json.replace(old, now);
      return new Statement(
          statement.subjects(), statement.predicateType(), Json.mapper().readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SortedMap<String, String> digests() {
    SortedMap<String, String> digests = new TreeMap<>();
    members.forEach((name, content) -> digests.put(name, Sha256.hex(content)));
    return digests;
  }

  /** Writes the zip. */
  public Path write(Path file) {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
