package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.choice.ChoiceItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether the right choice is what the question comes to, where a program can work it out. */
final class Keys {
  private Keys() {}

  static List<Finding> of(Suite suite) {
    List<String> wrong = new ArrayList<>();
    int worked = 0;
    for (var item : suite.items()) {
      if (item instanceof ChoiceItem choice) {
        Optional<String> answer = WorkedOut.answer(choice.question());
        if (answer.isPresent()) {
          worked++;
          String key = choice.choices().get(choice.answer());
          if (!isSame(key, answer.get())) {
            wrong.add(
                "%s: %s The key is %s, worked out is %s."
                    .formatted(choice.id(), choice.question(), key, answer.get()));
          }
        }
      }
    }
    return worked == 0
        ? List.of()
        : List.of(
            Finding.none(
                "keys that are not what is worked out",
                wrong.size() + " of " + worked + " that can be",
                wrong));
  }

  /** A key may have a unit or an article that the worked-out answer lacks. */
  private static boolean isSame(String key, String answer) {
    OptionalDouble number = NumericRanks.number(key);
    OptionalDouble worked = NumericRanks.number(answer);
    if (number.isPresent() && worked.isPresent()) {
      return number.getAsDouble() == worked.getAsDouble();
    }
    return plain(key).equals(plain(answer));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceFirst("^(?:the|an?|in the) ", "").strip();
  }
}
