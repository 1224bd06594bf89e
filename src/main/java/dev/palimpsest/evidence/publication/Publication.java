package dev.palimpsest.evidence.publication;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.decision.Standing;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is told of one tuned checkpoint where its model lives. */
public final class Publication {
  /** The tag that says which files a model version is. */
  public static final String DIGEST = "palimpsest.checkpoint";

  private final Dossier dossier;
  private final ReportData.TunedCheckpoint tuned;
  private final Standing standing;

  private Publication(Dossier dossier, ReportData.TunedCheckpoint tuned, Standing standing) {
    this.dossier = dossier;
    this.tuned = tuned;
    this.standing = standing;
  }

  /**
   * Takes one up.
   *
   * @param name of the checkpoint; may be empty where the audit has one
   * @param today in UTC: an approval may have expired
   * @throws EvidenceException if the audit has no such checkpoint, or several and none is named
   */
  public static Publication of(Dossier dossier, String name, LocalDate today) {
    List<ReportData.TunedCheckpoint> all = dossier.data().tuned();
    List<ReportData.TunedCheckpoint> named =
        all.stream().filter(one -> name.isEmpty() || one.name().equals(name)).toList();
    if (named.size() != 1) {
      throw new EvidenceException(
          (name.isEmpty()
                  ? "The audit has several checkpoints"
                  : "The audit has no checkpoint " + SafeText.visible(name))
              + "; name one of "
              + all.stream()
                  .map(one -> SafeText.visible(one.name()))
                  .collect(Collectors.joining(", "))
              + " with --checkpoint.");
    }
    ReportData.TunedCheckpoint tuned = named.get(0);
    List<SignOff> newestFirst = new ArrayList<>(dossier.decisions());
    Collections.reverse(newestFirst);
    Standing standing =
        Standing.of(tuned.name(), true, dossier.report().digest(), newestFirst, today);
    return new Publication(dossier, tuned, standing);
  }

  /** Returns the tags of a model version, by name. */
  public Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(DIGEST, tuned.digest());
    tags.put("palimpsest.audit", dossier.audit().id());
    tags.put("palimpsest.report", dossier.report().digest());
    tags.put("palimpsest.verdict", String.valueOf(tuned.verdict()));
    tags.put("palimpsest.decision", standing.state().name().toLowerCase(Locale.ROOT));
    tags.put("palimpsest.accepted", String.join(", ", standing.accepted()));
    tags.put("palimpsest.expires", standing.expires().map(LocalDate::toString).orElse(""));
    tags.put(
        "palimpsest.signed",
        standing.counting().stream()
            .map(one -> SafeText.visible(one.signer()) + " " + one.signedAt())
            .collect(Collectors.joining(", ")));
    return tags;
  }

  /**
   * Tells a registry: sets the tags of the checkpoint's version, and makes an alias stand for it
   * while it is approved, and not when it is not.
   *
   * @param model and {@code number} of the version; found by digest where they are empty
   * @param alias empty for none
   * @param digests gives the root digest of a folder or file on this machine
   * @return what was done, in sentences
   */
  public List<String> tell(
      MlflowRegistry registry,
      Optional<String> model,
      Optional<String> number,
      Optional<String> alias,
      Function<Path, Optional<String>> digests) {
    ModelVersion version = version(registry, model, number, digests);
    tags().forEach((key, value) -> registry.tag(version, key, value));
    List<String> done = new ArrayList<>();
    done.add(
        version.words()
            + " says: "
            + standing.state().word()
            + ", verdict "
            + tuned.verdict()
            + ".");
    alias.ifPresent(name -> done.add(alias(registry, version, name)));
    return done;
  }

  private String alias(MlflowRegistry registry, ModelVersion version, String alias) {
    if (standing.state().isApproved()) {
      registry.alias(version, alias);
      return "The alias " + alias + " stands for " + version.words() + ".";
    }
    boolean stood =
        registry.aliased(version.name(), alias).filter(version.version()::equals).isPresent();
    if (stood) {
      registry.removeAlias(version.name(), alias);
      return "The alias " + alias + " is taken off " + version.words() + ": it is not approved.";
    }
    return "The alias " + alias + " stays where it is: " + tuned.name() + " is not approved.";
  }

  private ModelVersion version(
      MlflowRegistry registry,
      Optional<String> model,
      Optional<String> number,
      Function<Path, Optional<String>> digests) {
    List<ModelVersion> found =
        number.isPresent()
            ? registry.versions(model).stream()
                .filter(one -> one.version().equals(number.get()))
                .toList()
            : byDigest(registry, model, digests);
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new EvidenceException(
          "The registry has no version of these files (sha256 "
              + tuned.digest()
              + "); name the version with --model and --version, which is then tagged with it.");
    }
    throw new EvidenceException(
        "The registry has these files as "
            + found.stream().map(ModelVersion::words).collect(Collectors.joining(" and as "))
            + "; name one with --model and --version.");
  }

  /** A version is known by its tag, or by its files where they lie on this machine. */
  private List<ModelVersion> byDigest(
      MlflowRegistry registry, Optional<String> model, Function<Path, Optional<String>> digests) {
    List<ModelVersion> tagged =
        registry.tagged(DIGEST, tuned.digest()).stream()
            .filter(one -> model.isEmpty() || one.name().equals(model.get()))
            .toList();
    return tagged.isEmpty()
        ? registry.versions(model).stream()
            .filter(
                one ->
                    local(one.source()).flatMap(digests).filter(tuned.digest()::equals).isPresent())
            .toList()
        : tagged;
  }

  private static Optional<Path> local(String source) {
    String path = source.startsWith("file://") ? source.substring("file://".length()) : source;
    return Optional.of(path)
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .filter(Files::exists);
  }

  /** Puts what was decided, and the figures, into the text of a model card. */
  public String inCard(String card, byte[] section) {
    return CardSection.put(card, heading(), new String(section, StandardCharsets.UTF_8));
  }

  private String heading() {
    String accepted =
        standing.accepted().isEmpty()
            ? ""
            : ", with " + String.join(", ", standing.accepted()) + " accepted";
    String until = standing.expires().map(day -> ", until " + day).orElse("");
    return standing.state().word() + accepted + until + ".";
  }

  /** Returns the checkpoint. */
  public ReportData.TunedCheckpoint tuned() {
    return tuned;
  }
}
