package dev.palimpsest.evidence.bundle;

import dev.palimpsest.account.PersonalKey;
import dev.palimpsest.account.PersonalKeys;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.storage.Database;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Exports the evidence of finished audits as bundles. */
public final class Exports {
  private final Audits audits;
  private final ReportStore reports;
  private final SignOffs signOffs;
  private final Ledger ledger;
  private final SigningKeys keys;
  private final PersonalKeys people;
  private final AuditedFiles files;

  public Exports(Database database, Audits audits, SigningKeys keys) {
    this.audits = audits;
    this.reports = new ReportStore(database);
    this.signOffs = new SignOffs(database);
    this.ledger = new Ledger(database);
    this.keys = keys;
    this.people = PersonalKeys.of(database);
    this.files = new AuditedFiles(database);
  }

  /**
   * Writes the bundle of an audit, whole or not at all.
   *
   * @param out the file; one that is there is replaced
   * @throws EvidenceException if there is no such audit, it is not finished, or the file cannot be
   *     written
   */
  public void write(String auditId, Path out) {
    Dossier dossier = dossier(auditId);
    SigningKey key = keys.current();
    CheckpointSignatures checkpoints =
        CheckpointSignatures.of(files.of(dossier.audit().plan()), keys::ofCheckpoints);
    Ledger.Head end =
        ledger.add(
            LedgerEntry.of(
                "report.exported",
                LedgerEntry.Actor.LOCAL,
                new LedgerEntry.Subject("audit", auditId, dossier.report().digest()),
                Map.of("key", key.id())));
    Bundle bundle =
        Bundle.of(
            dossier,
            LedgerExtract.of(ledger, auditId, signers(dossier), end),
            checkpoints,
            key,
            Instant.now().truncatedTo(ChronoUnit.SECONDS));
    ledger.keep(end, key.id(), bundle.head().json());
    try {
      replace(out.toAbsolutePath(), bundle);
    } catch (IOException e) {
      throw new EvidenceException(
          "The bundle could not be written to "
              + out
              + " ("
              + e.getMessage()
              + "); check that its folder is there and can be written, and that the disk has room.",
          e);
    }
  }

  private static Set<String> signers(Dossier dossier) {
    return dossier.keys().stream().map(PersonalKey::id).collect(Collectors.toSet());
  }

  /**
   * Returns what is known of a finished audit.
   *
   * @throws EvidenceException if there is no such audit, or it is not finished
   */
  public Dossier dossier(String auditId) {
    Audit audit =
        audits
            .find(auditId)
            .orElseThrow(
                () ->
                    new EvidenceException(
                        "There is no audit " + auditId + "; its id stands in report.json."));
    if (audit.finishedAt().isEmpty()) {
      throw new EvidenceException(
          "The audit " + auditId + " is not finished; there is no evidence to export yet.");
    }
    Report report = reports.find(audits, audit).orElse(null);
    if (report == null) {
      report = Report.build(audits, auditId);
      reports.put(report);
    }
    List<SignOff> oldestFirst = new ArrayList<>(signOffs.of(auditId));
    Collections.reverse(oldestFirst);
    return new Dossier(audit, report, oldestFirst, people.list());
  }

  /** A process that was killed leaves its half behind, which nobody takes for a bundle. */
  private static void sweep(Path folder, String mark) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, file -> String.valueOf(file.getFileName()).startsWith(mark))) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void replace(Path target, Bundle bundle) throws IOException {
    String mark = "." + target.getFileName() + ".";
    Path part = target.resolveSibling(mark + UUID.randomUUID());
    sweep(target.getParent(), mark);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        bundle.write(out);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
