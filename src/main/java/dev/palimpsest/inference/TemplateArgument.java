package dev.palimpsest.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A variable that a chat template reads beside the messages, such as {@code enable_thinking}.
 *
 * @param name an identifier
 * @param value as JSON has it: a text, number, boolean, list or map, or null for none
 */
public record TemplateArgument(String name, Object value) {
  private static final Pattern SHAPE = Pattern.compile("([A-Za-z_]\\w*)=(.*)", Pattern.DOTALL);

  /** What every rendering gives the template itself. */
  private static final Set<String> TAKEN = Set.of("messages", "add_generation_prompt");

  public TemplateArgument {
    Objects.requireNonNull(name, "name is null");
    if (TAKEN.contains(name)) {
      throw new DecoderException(
          "The template argument \"%s\" is set by the request itself; leave it out."
              .formatted(name));
    }
  }

  /**
   * Reads {@code name=value}; the value is JSON where it is that, and otherwise the text itself.
   *
   * @throws DecoderException with a sentence if it is not of that shape
   */
  public static TemplateArgument parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new DecoderException(
          "A template argument should be like enable_thinking=false, not \"%s\".".formatted(text));
    }
    return new TemplateArgument(matcher.group(1), value(matcher.group(2).strip()));
  }

  /** A date such as 2026-01-31 begins as a number and is none, so it stays a text. */
  private static Object value(String text) {
    try {
      JsonNode tree = Json.mapper().readTree(text);
      return tree.isMissingNode() ? text : Json.mapper().convertValue(tree, Object.class);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  /** Returns arguments by name, sorted; the last of a name counts. */
  public static Map<String, Object> byName(List<TemplateArgument> arguments) {
    Map<String, Object> byName = new TreeMap<>();
    arguments.forEach(argument -> byName.put(argument.name(), argument.value()));
    return copy(byName);
  }

  /** Returns an unmodifiable copy; Map.copyOf would refuse null, which is a value of JSON. */
  public static Map<String, Object> copy(Map<String, ?> arguments) {
    arguments.forEach(TemplateArgument::new);
    return Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /** Returns arguments in words, such as "enable_thinking=false", or "none". */
  public static String words(Map<String, ?> arguments) {
    return arguments.isEmpty()
        ? "none"
        : arguments.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + written(entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** A text is written as {@link #parse} would read it back. */
  private static String written(Object value) {
    return value instanceof String text && text.equals(value(text))
        ? text
        : Json.mapper().valueToTree(value).toString();
  }
}
