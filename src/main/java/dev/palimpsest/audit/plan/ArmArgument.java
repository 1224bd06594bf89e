package dev.palimpsest.audit.plan;

import dev.palimpsest.inference.TemplateArgument;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An argument of the chat templates, of all arms or of one.
 *
 * @param arm the arm's name; empty for all of them
 * @param argument what its template is given
 */
public record ArmArgument(Optional<String> arm, TemplateArgument argument) {
  /** Stands for the base's name where no arm is called so. */
  private static final String BASE = "base";

  private static final Pattern OF_ONE = Pattern.compile("(.+?):([A-Za-z_]\\w*=.*)", Pattern.DOTALL);
  private static final Pattern OF_ALL = Pattern.compile("[A-Za-z_]\\w*=.*", Pattern.DOTALL);

  public ArmArgument {
    Objects.requireNonNull(arm, "arm is null");
    Objects.requireNonNull(argument, "argument is null");
  }

  /**
   * Reads {@code name=value} or {@code arm:name=value}.
   *
   * @throws dev.palimpsest.inference.DecoderException with a sentence if it is not of that shape
   */
  public static ArmArgument parse(String text) {
    String bare = text.strip();
    Matcher one = OF_ONE.matcher(bare);
    return !OF_ALL.matcher(bare).matches() && one.matches()
        ? new ArmArgument(Optional.of(one.group(1)), TemplateArgument.parse(one.group(2)))
        : new ArmArgument(Optional.empty(), TemplateArgument.parse(bare));
  }

  /** Returns the arguments of an arm; what is said of it alone goes before what is said of all. */
  static Map<String, Object> of(String arm, List<ArmArgument> arguments) {
    return TemplateArgument.byName(
        Stream.concat(of(Optional.empty(), arguments), of(Optional.of(arm), arguments)).toList());
  }

  private static Stream<TemplateArgument> of(Optional<String> arm, List<ArmArgument> arguments) {
    return arguments.stream().filter(each -> each.arm.equals(arm)).map(ArmArgument::argument);
  }

  /** Returns the argument with the base's name where it is said to be of {@code base}. */
  ArmArgument ofBase(String base) {
    return arm.equals(Optional.of(BASE)) ? new ArmArgument(Optional.of(base), argument) : this;
  }

  /**
   * Returns arguments that name arms of the audit only.
   *
   * @param names of the arms, the base's first
   * @throws PlanException if an argument is for an arm that there is not
   */
  static List<ArmArgument> resolved(List<ArmArgument> arguments, List<String> names) {
    List<ArmArgument> resolved =
        names.contains(BASE)
            ? arguments
            : arguments.stream().map(each -> each.ofBase(names.get(0))).toList();
    for (ArmArgument each : resolved) {
      if (each.arm.isPresent() && !names.contains(each.arm.get())) {
        throw new PlanException(
            "The template argument \"%s\" is for \"%s\", which this audit does not have; its arms are %s."
                .formatted(each.argument.name(), each.arm.get(), String.join(", ", names)));
      }
    }
    return resolved;
  }
}
