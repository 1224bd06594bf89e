package dev.palimpsest.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 */
public record Arm(
    String name,
    Role role,
    Path checkpoint,
    Optional<Path> adapter,
    String digest,
    String baseDigest,
    List<String> notes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> templateArguments) {
  /** What an arm stands for in the comparison. */
  public enum Role {
    BASE,
    TUNED,
    CONTROL
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
  }

  /** Makes an arm of which nothing is to be known beforehand. */
  public Arm(
      String name,
      Role role,
      Path checkpoint,
      Optional<Path> adapter,
      String digest,
      String baseDigest) {
    this(name, role, checkpoint, adapter, digest, baseDigest, List.of(), Map.of());
  }

  /** Makes an arm whose template gets messages only. */
  public Arm(
      String name,
      Role role,
      Path checkpoint,
      Optional<Path> adapter,
      String digest,
      String baseDigest,
      List<String> notes) {
    this(name, role, checkpoint, adapter, digest, baseDigest, notes, Map.of());
  }

  /** Returns the name that the loaded model knows the arm's adapter by, if it has one. */
  public Optional<String> adapterName() {
    return adapter.map(folder -> name);
  }

  /** Returns the same arm with further notes. */
  public Arm with(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
    return new Arm(name, role, checkpoint, adapter, digest, baseDigest, all, templateArguments);
  }

  /** Returns the same arm, its chat template given further arguments. */
  public Arm asked(Map<String, Object> arguments) {
    return new Arm(name, role, checkpoint, adapter, digest, baseDigest, notes, arguments);
  }
}
