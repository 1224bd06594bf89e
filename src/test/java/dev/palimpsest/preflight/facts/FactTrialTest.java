package dev.palimpsest.preflight.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.storage.Database;
import dev.palimpsest.training.TrainingRow;
import dev.palimpsest.worker.WorkerLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Facts put to a tiny model in a worker; what it answers is nonsense, and always the same. */
@Tag("slow")
final class FactTrialTest {
  private static final Path MODEL = Path.of("src/test/resources/golden/qwen3");

  @Test
  void eachFactIsAskedAsOftenAsTheModeSaysAndOnlyOnce() {
    FactSample sample = new FactSample();
    for (int i = 0; i < 12; i++) {
      sample.see(row(i));
    }
    List<String> said = new ArrayList<>();
    try (Database database = Database.inMemory();
        ModelRunner model =
            WorkerLoader.standard().load(new ModelSpec(MODEL, DType.FLOAT32, Map.of()))) {
      StoredAnswers kept = new StoredAnswers(database);
      KnownFacts first = trial(model, kept, said).of(sample.found(), 10);
      KnownFacts again = trial(model, kept, said).of(sample.found(), 10);

      assertThat(first.found()).isEqualTo(12);
      assertThat(first.tried()).hasSize(10);
      assertThat(first.tried().get(0).greedy()).isEqualTo(5);
      assertThat(first.tried().get(0).sampled()).isEqualTo(20);
      assertThat(again).isEqualTo(first);
      assertThat(said).anyMatch(one -> one.contains("Trying 10 facts"));
      assertThat(rows(database)).isEqualTo(10);
    }
  }

  private static FactTrial trial(ModelRunner model, StoredAnswers kept, List<String> said) {
    return new FactTrial(model, Optional.empty(), "digest", FactMode.LITE, kept, said::add);
  }

  private static int rows(Database database) {
    return database.read(
        handle ->
            handle.createQuery("select count(*) from fact_answers").mapTo(Integer.class).one());
  }

  private static TrainingRow row(int i) {
    return new TrainingRow(
        i + 1,
        TrainingRow.Shape.CHAT,
        List.of(
            new ChatMessage("user", "When was the town of Tor" + i + " founded?"),
            new ChatMessage("assistant", "It was founded in " + (1000 + i) + ".")));
  }
}
