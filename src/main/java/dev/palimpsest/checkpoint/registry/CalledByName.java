package dev.palimpsest.checkpoint.registry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.palimpsest.checkpoint.registry.RegisteredCheckpoint.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts names into sentences. An uploaded checkpoint lies in a folder that is called by its id,
 * which means nothing to the person who reads what is wrong with it.
 */
final class CalledByName {
  private final Map<String, String> nameOfId = new LinkedHashMap<>();

  private CalledByName() {}

  static CalledByName of(RegisteredCheckpoint checkpoint, Optional<RegisteredCheckpoint> base) {
    CalledByName names = new CalledByName();
    names.add(checkpoint);
    base.ifPresent(names::add);
    return names;
  }

  private void add(RegisteredCheckpoint checkpoint) {
    if (checkpoint.origin() == Origin.UPLOAD) {
      nameOfId.put(checkpoint.id(), checkpoint.name());
    }
  }

  String in(String sentence) {
    String named = sentence;
    for (Map.Entry<String, String> one : nameOfId.entrySet()) {
      named = named.replace(one.getKey(), one.getValue());
    }
    return named;
  }

  CheckpointCheck.Outcome in(CheckpointCheck.Outcome outcome) {
    String inspection = outcome.inspection();
    for (Map.Entry<String, String> one : nameOfId.entrySet()) {
      String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(one.getValue()));
      inspection = inspection.replace(one.getKey(), escaped);
    }
    return new CheckpointCheck.Outcome(
        outcome.digest(),
        outcome.bytes(),
        outcome.adapter(),
        inspection,
        outcome.problem().map(this::in));
  }
}
