package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.bundle.Members;
import dev.palimpsest.evidence.bundle.ReportSchema;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks a bundle offline. The order is that of trust: what was delivered, who signed it, what was
 * signed, and whether the figures are those of the items.
 */
public final class Verification {
  private final BundleFile bundle;
  private final Optional<PublicKeys> trusted;

  private Verification(BundleFile bundle, Optional<PublicKeys> trusted) {
    this.bundle = bundle;
    this.trusted = trusted;
  }

  /**
   * What holds of a bundle.
   *
   * @param headline of the report
   * @param digest of the report
   * @param signers ids of the keys of installations that signed
   * @param people who signed decisions with keys of their own, in words
   * @param trusted whether these keys were given, and did not come with the bundle only
   * @param statements that are signed
   * @param items that were counted
   * @param checkpoints whose files are signed one by one
   * @param decisions on the report, in words
   */
  public record Verified(
      String headline,
      String digest,
      Set<String> signers,
      List<String> people,
      boolean trusted,
      int statements,
      int items,
      int checkpoints,
      List<String> decisions) {
    public Verified {
      signers = Set.copyOf(signers);
      people = List.copyOf(people);
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * Checks a bundle.
   *
   * @param keys those that it must be signed by, of installations, and of people where some are
   *     among them; empty to take the ones that come with it
   * @throws IntegrityException with the first thing that does not hold
   */
  public static Verified of(Path path, Optional<PublicKeys> keys) {
    try (BundleFile bundle = BundleFile.open(path)) {
      return new Verification(bundle, keys).run();
    } catch (AuditException | EvidenceException | CheckpointException unreadable) {
      throw new IntegrityException(unreadable.getMessage(), unreadable);
    }
  }

  private Verified run() {
    SortedMap<String, String> digests = bundle.digests();
    requireSums(digests);
    PublicKeys own = keys(digests);
    SignedStatements statements = SignedStatements.read(bundle, ofInstallations(own));
    statements.requireClosed(digests);
    String text = bundle.text(Members.REPORT);
    JsonNode report = report(text);
    requireReport(report, text, digests);
    requireReferences(statements, digests);
    PersonCheck people = new PersonCheck(own, trusted);
    people.require(statements);
    List<JsonNode> noted = LedgerExtractCheck.require(bundle, statements.of(Statement.LEDGER_HEAD));
    people.requireNoted(noted, digests.get(Members.REPORT), statements.payloads());
    AuditPlan plan = PlanJson.readCanonical(bundle.text(Members.PLAN));
    ItemCount items = ItemCount.read(bundle, report.at("/items/file").asText());
    FigureCheck.require(report, plan, items);
    StatementCheck.require(report, statements);
    DecisionCheck.require(report, plan, statements);
    int checkpoints = CheckpointSignatureCheck.require(bundle, report, digests.keySet());
    return new Verified(
        report.path("headline").asText(),
        digests.get(Members.REPORT),
        statements.signers(),
        people.people(),
        trusted.isPresent(),
        statements.count(),
        items.lines(),
        checkpoints,
        decisions(statements));
  }

  /** Every member stands in SHA256SUMS with its digest, and nothing else does. */
  private void requireSums(SortedMap<String, String> digests) {
    SortedMap<String, String> listed = new TreeMap<>();
    bundle.lines(
        Members.SUMS,
        (line, number) -> {
          String[] parts = line.split("  ", 2);
          if (parts.length != 2 || listed.put(parts[1], parts[0]) != null) {
            throw new IntegrityException(
                "Line " + number + " of " + Members.SUMS + " is not a digest and a new name.");
          }
        });
    digests.forEach(
        (name, digest) -> {
          if (!name.equals(Members.SUMS) && !listed.containsKey(name)) {
            throw new IntegrityException(
                name + " was added: it does not stand in " + Members.SUMS + ".");
          }
          if (!name.equals(Members.SUMS) && !listed.get(name).equals(digest)) {
            throw new IntegrityException(
                name
                    + " was changed: its sha256 is "
                    + digest
                    + ", "
                    + Members.SUMS
                    + " says "
                    + listed.get(name)
                    + ".");
          }
        });
    listed.keySet().stream()
        .filter(name -> !digests.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IntegrityException("The bundle lacks " + name + ".");
            });
  }

  /** Returns the keys that came with the bundle. */
  private PublicKeys keys(SortedMap<String, String> digests) {
    return digests.keySet().stream()
        .filter(name -> name.startsWith(Members.KEYS))
        .map(name -> PublicKeys.parse(bundle.text(name), name))
        .reduce(PublicKeys.of(List.of()), PublicKeys::and);
  }

  /** A person's key vouches for that person's decisions and for nothing else. */
  private PublicKeys ofInstallations(PublicKeys own) {
    return trusted.isEmpty() ? own.ofInstallations() : trusted.get().apartFrom(own.owners());
  }

  private static JsonNode report(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IntegrityException(Members.REPORT + " is no JSON.", e);
    }
  }

  private void requireReport(JsonNode report, String text, SortedMap<String, String> digests) {
    String schema = new String(ReportSchema.bytes(), StandardCharsets.UTF_8);
    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema)
        .validate(text, InputFormat.JSON)
        .stream()
        .findFirst()
        .ifPresent(
            error -> {
              throw new IntegrityException(
                  Members.REPORT + " is no report by its schema: " + error.getMessage() + ".");
            });
    if (!CanonicalJson.text(report).equals(text)) {
      throw new IntegrityException(Members.REPORT + " is not in canonical form (RFC 8785).");
    }
    String items = report.at("/items/file").asText();
    if (!report.at("/items/sha256").asText().equals(digests.get(items))) {
      throw new IntegrityException(
          items + " is not the file whose sha256 stands in " + Members.REPORT + ".");
    }
    String plan = Sha256.hex(bundle.text(Members.PLAN));
    if (!report.at("/audit/planDigest").asText().equals(plan)) {
      throw new IntegrityException(
          Members.PLAN + " is not the plan that was frozen: its sha256 is " + plan + ".");
    }
  }

  /** Statements that refer to the report mean this one. */
  private static void requireReferences(
      SignedStatements statements, SortedMap<String, String> digests) {
    String report = digests.get(Members.REPORT);
    for (Statement decision : statements.of(Statement.SIGN_OFF)) {
      for (JsonNode file : decision.tree().path("refers")) {
        requireThis("A decision", file, report);
      }
      if (decision.tree().path("refers").isEmpty()) {
        throw new IntegrityException("A decision does not say which report it is on.");
      }
    }
    for (Statement audit : statements.of(Statement.DRIFT_AUDIT)) {
      requireThis("A statement about the audit", audit.tree().path("report"), report);
    }
    for (Statement closing : statements.of(Statement.BUNDLE)) {
      requireThis("The closing statement", closing.tree().path("report"), report);
    }
  }

  private static void requireThis(String what, JsonNode file, String report) {
    String digest = file.at("/digest/sha256").asText();
    if (!digest.equals(report)) {
      throw new IntegrityException(
          what
              + " is on another report: it names sha256 "
              + digest
              + ", this one is "
              + report
              + ".");
    }
  }

  /** Bundles of earlier versions say nothing of it: the installation's key alone signed. */
  private static String signature(JsonNode person) {
    return person.has("key")
        ? ", signed by the person's key " + person.path("key").asText()
        : ", signed by the installation's key only";
  }

  private static List<String> decisions(SignedStatements statements) {
    List<String> all = new ArrayList<>();
    for (Statement one : statements.of(Statement.SIGN_OFF)) {
      JsonNode tree = one.tree();
      for (JsonNode person : tree.path("approvers")) {
        all.add(
            tree.path("decision").asText()
                + " of "
                + String.join(", ", one.subjects().keySet())
                + " by "
                + person.path("name").asText()
                + " ("
                + person.path("auth").asText()
                + ", "
                + tree.path("independence").asText()
                + ") on "
                + person.path("signedOn").asText()
                + signature(person)
                + DecisionCheck.terms(tree));
      }
    }
    return all;
  }
}
