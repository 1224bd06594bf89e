package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model with weights of chance whose template opens the thinking: now and then one of its samples
 * closes it.
 */
@Tag("slow")
final class ThinkingGenerationTest {
  private static final int THINKING = 60;
  private static final int ANSWER = 4;
  private static final int SAMPLES = 96;

  @TempDir private Path folder;
  private LocalRunner runner;

  @BeforeEach
  void open() throws IOException {
    try (Stream<Path> files = Files.list(Golden.ROOT.resolve("qwen3"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0].content }}<think>\n");
    runner = LocalRunner.open(new ModelSpec(folder, DType.FLOAT32, Map.of()));
  }

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void eachSampleThinksWithinItsLimitAndAnswersWithinTheOther() {
    List<Generation> limited = samples(ANSWER, THINKING);
    List<Generation> free = samples(ANSWER + THINKING, 0);
    for (int i = 0; i < SAMPLES; i++) {
      Generation generation = limited.get(i);
      int thought = generation.thought().tokens();
      assertThat(thought).isLessThanOrEqualTo(THINKING);
      assertThat(generation.ids().length - thought).isLessThanOrEqualTo(ANSWER);
      assertThat(free.get(i).ids()).startsWith(generation.ids());
      if (generation.finish() == Generation.Finish.LENGTH) {
        int length = generation.thought().closed() ? thought + ANSWER : THINKING;
        assertThat(generation.ids()).hasSize(length);
      }
    }
    assertThat(limited).anyMatch(generation -> generation.thought().closed());
    assertThat(limited).anyMatch(generation -> !generation.thought().closed());
  }

  private List<Generation> samples(int answer, int thinking) {
    Prompt prompt = new Prompt.Chat(List.of(new ChatMessage("user", "Why?")), "");
    int[] ids =
        runner
            .encode(Optional.empty(), List.of(new EncodeRequest(prompt, List.of())))
            .get(0)
            .contextIds();
    return runner.generate(
        Optional.empty(),
        IntStream.range(0, SAMPLES).mapToObj(i -> ids).toList(),
        new GenerateOptions(answer, 1, 1, 7, thinking));
  }
}
