package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.twin.TwinItem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command suites draw. */
final class DrawCommandTest {
  private static final Suite KNOWLEDGE = SuiteLibrary.bundled().suite("knowledge");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_suite_with_a_generator_gives_items_that_were_never_published() {
    assertThat(draw("knowledge", 7, "a")).as(err.toString()).isZero();

    Suite drawn = SuiteLibrary.load(folder.resolve("a"));
    assertThat(drawn.id()).isEqualTo("knowledge-7");
    assertThat(drawn.info().more().generated()).isNull();
    assertThat(drawn.items()).hasSize(KNOWLEDGE.draw().standard());
    assertThat(drawn.items()).doesNotContainAnyElementsOf(KNOWLEDGE.items());
    assertThat(drawn.items()).extracting(Item::id).allMatch(id -> id.startsWith("gen-7-"));
    assertThat(drawn.capability()).isEqualTo("knowledge");
    assertThat(drawn.info().source())
        .endsWith("drawn from knowledge " + KNOWLEDGE.version() + " by the seed 7");
    assertThat(out.toString())
        .startsWith("knowledge-7: " + drawn.items().size() + " items in ")
        .contains("0 of them are word for word in the published form");
  }

  @Test
  void a_drawn_form_has_as_many_twins_with_an_answer_as_without() {
    assertThat(draw("hallucination", 7, "a", "--items", 100)).isZero();

    Suite drawn = SuiteLibrary.load(folder.resolve("a"));
    assertThat(drawn.items()).hasSize(100);
    assertThat(
            drawn.items().stream().map(TwinItem.class::cast).filter(TwinItem::isAnswerable).count())
        .isEqualTo(50);
  }

  @Test
  void a_suite_without_one_gives_a_sample_and_a_folder_can_be_drawn_from_too() {
    assertThat(draw("safety", 7, "a", "--items", 40)).isZero();

    Suite safety = SuiteLibrary.bundled().suite("safety");
    Suite drawn = SuiteLibrary.load(folder.resolve("a"));
    assertThat(drawn.items()).isEqualTo(safety.sample(40, 7));
    assertThat(draw(folder.resolve("a"), 8, "b", "--items", 10)).isZero();
    assertThat(SuiteLibrary.load(folder.resolve("b")).items()).hasSize(10);
  }

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_one_other_items() throws IOException {
    draw("knowledge", 7, "a", "--items", 50);
    draw("knowledge", 7, "b", "--items", 50);
    draw("knowledge", 8, "c", "--items", 50);

    for (String file : List.of("suite.json", "items.jsonl")) {
      assertThat(folder.resolve("a").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
    }
    assertThat(SuiteLibrary.load(folder.resolve("c")).items())
        .doesNotContainAnyElementsOf(SuiteLibrary.load(folder.resolve("a")).items());
  }

  @Test
  void what_cannot_be_drawn_is_said_and_nothing_is_left_behind() throws IOException {
    assertThat(draw("knowledge", 1, "a")).isEqualTo(ExitCode.USAGE);
    assertThat(draw("knowledge", 2, "a", "--items", 90000)).isEqualTo(ExitCode.USAGE);
    assertThat(draw("safety", 2, "a", "--items", 321)).isEqualTo(ExitCode.USAGE);
    assertThat(draw("safety", 2, "a", "--items", 0)).isEqualTo(ExitCode.USAGE);
    assertThat(draw("knowlege", 2, "a")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .contains("found 1, with which the published form of knowledge was drawn")
        .contains("as facts can write of so many")
        .contains("--items: found 321, expected at most 320, as the suite has.")
        .contains("--items: found 0, expected 1 to 100000.")
        .contains("did you mean knowledge?");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_folder_that_is_there_is_left_alone() throws IOException {
    Path there = Files.createDirectory(folder.resolve("a"));
    Files.writeString(there.resolve("mine.txt"), "mine");

    assertThat(draw("safety", 7, "a")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("expected a new folder for --out");
    assertThat(there.resolve("mine.txt")).hasContent("mine");
  }

  private int draw(Object suite, int seed, String name, Object... more) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(
                Stream.of("suites", "draw", suite, "--seed", seed, "--out", folder.resolve(name)),
                Stream.of(more))
            .map(String::valueOf)
            .toArray(String[]::new));
  }
}
