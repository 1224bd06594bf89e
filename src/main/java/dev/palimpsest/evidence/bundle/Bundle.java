package dev.palimpsest.evidence.bundle;

import dev.palimpsest.Sha256;
import dev.palimpsest.account.PersonalKey;
import dev.palimpsest.decision.Signed;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.evidence.format.CycloneDxExport;
import dev.palimpsest.evidence.format.EveryEvalEverExport;
import dev.palimpsest.evidence.format.ModelCardExport;
import dev.palimpsest.evidence.format.RunConfigExport;
import dev.palimpsest.evidence.format.SarifExport;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.pdf.PdfReport;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.report.export.JUnitExport;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.page.HtmlReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A bundle as it is put together. Of the same report and decisions every member is the same, byte
 * for byte, apart from what is signed, the ledger's extract and the sums.
 */
final class Bundle {
  /** The earliest time that a zip can hold; without a zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Dossier dossier;
  private final SigningKey key;
  private final SortedMap<String, byte[]> members = new TreeMap<>();
  private Envelope head;

  private Bundle(Dossier dossier, SigningKey key) {
    this.dossier = dossier;
    this.key = key;
  }

  /**
   * Puts a bundle together.
   *
   * @param ledger the chain to its end
   * @param checkpoints the signatures under their files
   * @param key that signs
   * @param now when it is signed
   */
  static Bundle of(
      Dossier dossier,
      LedgerExtract ledger,
      CheckpointSignatures checkpoints,
      SigningKey key,
      Instant now) {
    Bundle bundle = new Bundle(dossier, key);
    bundle.addReport();
    bundle.addOtherFormats();
    bundle.members.put(Members.LEDGER, ledger.bytes());
    bundle.members.putAll(checkpoints.members());
    bundle.members.put(
        Members.key(key.id()), PublicKeys.pem(key.publicKey()).getBytes(StandardCharsets.US_ASCII));
    for (PersonalKey person : dossier.keys()) {
      bundle.members.put(Members.key(person.id()), person.pem().getBytes(StandardCharsets.UTF_8));
    }
    boolean ed25519 = !key.publicKey().getAlgorithm().equals("EC");
    bundle.members.put(Members.VERIFY, VerifyGuide.of(key.id(), ed25519, checkpoints.guide()));
    bundle.sign(ledger.end(), now);
    return bundle;
  }

  private void addReport() {
    members.put(Members.REPORT, dossier.report().json());
    members.put(Members.SCHEMA, ReportSchema.bytes());
    members.put(Members.PLAN, dossier.plan());
    members.put(Members.RUN_CONFIG, RunConfigExport.of(dossier));
    members.put("report.html", HtmlReport.bytes(dossier.report(), Signed.of(dossier.standings())));
    members.put("report.pdf", PdfReport.of(dossier));
    if (!Sha256.hex(dossier.plan()).equals(dossier.data().audit().planDigest())) {
      throw new EvidenceException(
          "The stored plan of this audit is not the one that was frozen; the data folder is"
              + " damaged.");
    }
  }

  private void addOtherFormats() {
    members.put(JUnitExport.FILE, JUnitExport.of(dossier.data()));
    members.put("gates.sarif", SarifExport.of(dossier));
    members.put("bom.cdx.json", CycloneDxExport.of(dossier));
    List<ReportData.TunedCheckpoint> tuned = dossier.data().tuned();
    for (int i = 0; i < tuned.size(); i++) {
      String name = Members.tuned(i);
      members.put("model-card/" + name + ".yaml", ModelCardExport.index(dossier, tuned.get(i)));
      members.put("model-card/" + name + ".md", ModelCardExport.section(dossier, tuned.get(i)));
      members.put(
          "every-eval-ever/" + name + ".json", EveryEvalEverExport.of(dossier, tuned.get(i)));
    }
  }

  private void sign(Ledger.Head end, Instant now) {
    SortedMap<String, String> digests = digests();
    Statements statements = new Statements(dossier, digests);
    List<Envelope> envelopes = new ArrayList<>();
    statements.all().forEach(one -> envelopes.add(Envelope.sign(one, key)));
    dossier
        .decisions()
        .forEach(one -> envelopes.add(DecisionStatement.envelope(dossier, one).signedBy(key)));
    head = Envelope.sign(Statements.ledgerHead(end), key);
    envelopes.add(head);
    List<String> others = envelopes.stream().map(Envelope::digest).toList();
    Statement closing = statements.bundle(digests, others, now);
    envelopes.add(Envelope.sign(closing, key));
    StringBuilder lines = new StringBuilder();
    envelopes.forEach(one -> lines.append(one.json()).append('\n'));
    members.put(Members.STATEMENTS, lines.toString().getBytes(StandardCharsets.UTF_8));
    members.put(Members.SUMS, sums(digests()));
  }

  /** Returns the sha256 of every member that there is so far, by name, and of the items. */
  private SortedMap<String, String> digests() {
    SortedMap<String, String> digests = new TreeMap<>();
    members.forEach((name, content) -> digests.put(name, Sha256.hex(content)));
    ReportData.ItemsFile items = dossier.data().items();
    digests.put(items.file(), items.sha256());
    return digests;
  }

  /** Returns the lines that sha256sum reads. */
  static byte[] sums(Map<String, String> digests) {
    StringBuilder lines = new StringBuilder();
    digests.forEach((name, digest) -> lines.append(digest + "  " + name + "\n"));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the signed end of the ledger. */
  Envelope head() {
    return head;
  }

  /** Writes the zip; the items are read and written piece by piece. */
  void write(OutputStream target) throws IOException {
    String items = dossier.data().items().file();
    SortedMap<String, byte[]> all = new TreeMap<>(members);
    all.put(items, new byte[0]);
    ZipOutputStream zip = new ZipOutputStream(target, StandardCharsets.UTF_8);
    for (Map.Entry<String, byte[]> member : all.entrySet()) {
      ZipEntry entry = new ZipEntry(member.getKey());
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      if (member.getKey().equals(items)) {
        writeItems(zip);
      } else {
        zip.write(member.getValue());
      }
      zip.closeEntry();
    }
    zip.finish();
  }

  private void writeItems(OutputStream zip) throws IOException {
    MessageDigest sha256 = Sha256.start();
    try {
      dossier.report().writeItems(new DigestOutputStream(zip, sha256));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    String found = HexFormat.of().formatHex(sha256.digest());
    if (!found.equals(dossier.data().items().sha256())) {
      throw new EvidenceException(
          "The outcomes of this audit are not those that its report was made of; the data folder"
              + " was changed since. Look at the report again, then export it.");
    }
  }
}
