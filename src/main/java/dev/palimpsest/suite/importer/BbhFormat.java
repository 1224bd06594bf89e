package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BIG-Bench Hard: one JSON object per task, {canary, examples[{input, target}]}.
 *
 * <p>Where every example of all files has two to six options in brackets, the suite has choices;
 * otherwise answers are written and what they come to is checked. A few published targets are the
 * text of an option and not its letter; those that fit no option are left out.
 */
final class BbhFormat implements Format {
  private static final Pattern OPTION = Pattern.compile("(?m)^\\(([A-Z])\\) ?(.*)$");
  private static final int MOST_CHOICES = 6;
  private static final int MAX_TOKENS = 512;

  /**
   * One example.
   *
   * @param field such as examples[3]
   */
  private record Example(
      Row file, String field, int number, String input, String target, List<String> options) {
    /** Returns the index of the right option, if the target is one. */
    Optional<Integer> right() {
      Matcher letter = Pattern.compile("\\(?([A-Z])\\)?").matcher(target);
      if (letter.matches()) {
        int index = letter.group(1).charAt(0) - 'A';
        return index < options.size() ? Optional.of(index) : Optional.empty();
      }
      List<Integer> same = new ArrayList<>();
      for (int i = 0; i < options.size(); i++) {
        if (bare(options.get(i)).equals(bare(target))) {
          same.add(i);
        }
      }
      return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }

    private static String bare(String text) {
      return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    String id() {
      return file.source().stem() + "-" + String.format("%04d", number);
    }
  }

  @Override
  public void read(List<Source> sources, Draft draft) {
    List<Example> examples = new ArrayList<>();
    sources.forEach(source -> readFile(source.whole(), examples));
    boolean choices =
        examples.stream()
            .allMatch(each -> each.options.size() >= 2 && each.options.size() <= MOST_CHOICES);
    for (Example example : examples) {
      if (!example.options.isEmpty() && example.right().isEmpty()) {
        draft.leaveOut(
            example.file.source(),
            0,
            example.field + ".target \"" + example.target + "\" is none of the options");
      } else if (choices) {
        draft.addChoice(example.file.source(), 0, choice(example));
      } else {
        draft.add(
            example.file.source(),
            0,
            written(example),
            "So the answer is " + answer(example) + ".");
      }
    }
  }

  private static void readFile(Row file, List<Example> examples) {
    int number = 0;
    for (JsonNode each : file.list("examples", file.object().get("examples"))) {
      String field = "examples[" + number + "]";
      String input = file.text(field + ".input", each.get("input"));
      String target = file.text(field + ".target", each.get("target"));
      if (input.isBlank() || target.isBlank()) {
        throw file.fault(field, "a blank text", "an input and a target");
      }
      number++;
      examples.add(new Example(file, field, number, input, target.strip(), options(input)));
    }
  }

  /** Options have to run A, B, C …, else they are text. */
  private static List<String> options(String input) {
    List<String> options = new ArrayList<>();
    int heading = input.lastIndexOf("Options:");
    Matcher matcher = OPTION.matcher(heading < 0 ? "" : input.substring(heading));
    while (matcher.find()) {
      if (matcher.group(1).charAt(0) - 'A' != options.size()) {
        return List.of();
      }
      options.add(matcher.group(2).strip());
    }
    return options.stream().anyMatch(String::isEmpty) ? List.of() : options;
  }

  private static ObjectNode choice(Example example) {
    String input = example.input;
    return Items.choice(
        example.id(),
        Tier.HARD,
        example.file.source().stem(),
        input.substring(0, input.lastIndexOf("Options:")).strip(),
        example.options,
        example.right().orElseThrow());
  }

  private static String answer(Example example) {
    return example.options.isEmpty()
        ? example.target
        : "(" + (char) ('A' + example.right().orElseThrow()) + ")";
  }

  private static ObjectNode written(Example example) {
    ObjectNode check = Items.check("ends_with_answer");
    check.putArray("anyOf").add(answer(example));
    ObjectNode item =
        Items.instruction(
            example.id(),
            Tier.HARD,
            example.file.source().stem(),
            example.input
                + "\n\nThink step by step, and end with \"So the answer is\" and the answer.",
            List.of(check),
            MAX_TOKENS);
    // The answer may be words of the task in another order.
    return item.put("repeats", true);
  }
}
