package dev.palimpsest.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.EndpointAddress;
import dev.palimpsest.inference.TemplateArgument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A checkpoint and how it is run.
 *
 * @param name what people call it; unique within an audit
 * @param role what it stands for in the comparison
 * @param checkpoint the model folder or GGUF file that is loaded; for an adapter, its base
 * @param adapter the PEFT adapter folder applied over {@code checkpoint}, if any
 * @param digest root digest of the tuned thing (checkpoint or adapter), lower-case hex sha256
 * @param baseDigest root digest of {@code checkpoint}; equal to {@code digest} where there is no
 *     adapter
 * @param notes what to know before it is compared with the base, in sentences
 * @param templateArguments what its chat template is given beside the messages, by name
 * @param scale what the adapter's alpha is multiplied by, where it is asked for at a scale; empty
 *     for as it was trained, and for a checkpoint that is no adapter
 * @param endpoint the server that it is asked behind; then {@code checkpoint} is no file, and the
 *     digests are of the server's address and the model's name only
 */
public record Arm(
    String name,
    Role role,
    Path checkpoint,
    Optional<Path> adapter,
    String digest,
    String baseDigest,
    List<String> notes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> templateArguments,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> scale,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<EndpointAddress> endpoint) {
  /** What an arm stands for in the comparison. */
  public enum Role {
    BASE,
    TUNED,
    /** The base once more, to measure rounding. */
    CONTROL,
    /** Something asked otherwise than its suites say, to see what that alone does. */
    PROMPTED
  }

  public Arm {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(role, "role is null");
    Objects.requireNonNull(checkpoint, "checkpoint is null");
    Objects.requireNonNull(adapter, "adapter is null");
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(baseDigest, "baseDigest is null");
    notes = notes == null ? List.of() : List.copyOf(notes);
    templateArguments =
        templateArguments == null ? Map.of() : TemplateArgument.copy(templateArguments);
    scale = scale == null ? Optional.empty() : scale;
    endpoint = endpoint == null ? Optional.empty() : endpoint;
  }

  /** Makes an arm whose files are on this machine, asked as it was trained. */
  public Arm(
      String name,
      Role role,
      Path checkpoint,
      Optional<Path> adapter,
      String digest,
      String baseDigest) {
    this(
        name,
        role,
        checkpoint,
        adapter,
        digest,
        baseDigest,
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns the name that the arm's adapter is loaded under, if it has one. Arms of one adapter at
   * several scales share what is loaded, so they go by its digest; so does one whose own name would
   * be read as that of another at a scale.
   */
  public Optional<String> loadedName() {
    boolean plain = scale.isEmpty() && AdapterAtScale.parse(name).name().equals(name);
    return adapter.map(folder -> plain ? name : digest);
  }

  /** Returns the name that the loaded model is asked for the arm's adapter by, if it has one. */
  public Optional<String> adapterName() {
    return loadedName()
        .map(loaded -> scale.map(x -> new AdapterAtScale(loaded, x).toString()).orElse(loaded));
  }

  /** Returns what has to be loaded for it: arms that share it are run over one loaded model. */
  public Object model() {
    return endpoint.isPresent() ? endpoint.get() : checkpoint;
  }

  /** Returns what the adapter's alpha is multiplied by, 1 for as it was trained. */
  public double scaleOrOne() {
    return scale.orElse(1.0);
  }

  /** Returns the same model as another arm, of which nothing is noted. */
  public Arm as(String other, Role standing) {
    return new Arm(
        other,
        standing,
        checkpoint,
        adapter,
        digest,
        baseDigest,
        List.of(),
        templateArguments,
        scale,
        endpoint);
  }

  /** Returns the same arm with further notes. */
  public Arm with(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
    return new Arm(
        name,
        role,
        checkpoint,
        adapter,
        digest,
        baseDigest,
        all,
        templateArguments,
        scale,
        endpoint);
  }

  /** Returns the same arm, its chat template given further arguments. */
  public Arm asked(Map<String, Object> arguments) {
    return new Arm(
        name, role, checkpoint, adapter, digest, baseDigest, notes, arguments, scale, endpoint);
  }

  /** Returns the same arm, its adapter at a scale. */
  public Arm at(double wanted) {
    return new Arm(
        name,
        role,
        checkpoint,
        adapter,
        digest,
        baseDigest,
        notes,
        templateArguments,
        Optional.of(wanted),
        endpoint);
  }
}
