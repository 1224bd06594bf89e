package dev.palimpsest.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passages are found by the words of a question, in the order that BM25 gives. */
final class PassageIndexTest {
  private static final List<String> TEXTS =
      List.of(
          "river harbour lamp",
          "river river lamp orchard violin stone ladder cloud",
          "harbour harbour harbour",
          "violin",
          "orchard river");

  @TempDir private Path folder;

  /** The formula of Robertson and Zaragoza, by hand. */
  private static double score(String text, List<String> question) {
    double k1 = 1.2;
    double b = 0.75;
    double average = TEXTS.stream().mapToInt(one -> words(one).size()).average().orElseThrow();
    double score = 0;
    for (String word : question) {
      double frequency = Collections.frequency(words(text), word);
      double holding = TEXTS.stream().filter(one -> words(one).contains(word)).count();
      double rarity = Math.log(1 + (TEXTS.size() - holding + 0.5) / (holding + 0.5));
      score += rarity * frequency / (frequency + k1 * (1 - b + b * words(text).size() / average));
    }
    return score;
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  @Test
  void theOrderIsThatOfTheFormula() {
    for (List<String> question :
        List.of(List.of("river", "harbour"), List.of("violin", "lamp"), List.of("orchard"))) {
      List<Integer> expected =
          IntStream.range(0, TEXTS.size())
              .boxed()
              .filter(i -> score(TEXTS.get(i), question) > 0)
              .sorted(Comparator.comparingDouble(i -> -score(TEXTS.get(i), question)))
              .toList();
      try (PassageIndex index = new PassageIndex(TEXTS, "de")) {
        assertThat(index.best(String.join(" ", question), 10)).isEqualTo(expected);
      }
    }
  }

  @Test
  void englishWordsAreFoundInTheirOtherForms() {
    try (PassageIndex index = new PassageIndex(List.of("The fees rose.", "Nothing."), "en")) {
      assertThat(index.best("What is the fee?", 3)).containsExactly(0);
    }
  }

  @Test
  void aQuestionThatSharesNoWordFindsNothing() {
    try (PassageIndex index = new PassageIndex(TEXTS, "en")) {
      assertThat(index.best("Where? “(a AND b)~* [x TO y]”", 3)).isEmpty();
      assertThat(index.best("", 3)).isEmpty();
    }
  }

  @Test
  void textsOfEqualScoreComeInTheirOwnOrder() {
    try (PassageIndex index = new PassageIndex(Collections.nCopies(40, "lamp"), "en")) {
      assertThat(index.best("lamp", 5)).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void shortParagraphsAreJoinedAndLongOnesCut() {
    assertThat(PassageFolder.cut("One.\n\nTwo.\r\n \r\nThree."))
        .containsExactly("One.\nTwo.\nThree.");
    String hundred = "word ".repeat(100).strip();
    assertThat(PassageFolder.cut(hundred + "\n\n" + hundred)).containsExactly(hundred, hundred);
    assertThat(PassageFolder.cut("word ".repeat(250).strip())).hasSize(3);
    assertThat(PassageFolder.cut(" \n\n ")).isEmpty();
  }

  @Test
  void textFilesOfAFolderAreReadInTheOrderOfTheirPaths() throws Exception {
    Files.createDirectories(folder.resolve("b"));
    Files.writeString(folder.resolve("b/fees.md"), "The fee is 3 euros.");
    Files.writeString(folder.resolve("a.txt"), "Opens at nine.");
    Files.writeString(folder.resolve("picture.png"), "not read");
    assertThat(PassageFolder.read(folder))
        .containsExactly(
            new Passage("a.txt 1", "Opens at nine."),
            new Passage("b/fees.md 1", "The fee is 3 euros."));
  }

  @Test
  void whatIsNoFolderOfTextsIsRefusedInASentence() throws Exception {
    assertThatThrownBy(() -> PassageFolder.read(folder.resolve("none")))
        .isInstanceOf(RetrievalException.class)
        .hasMessageContaining("There is no folder");
    assertThatThrownBy(() -> PassageFolder.read(folder)).hasMessageContaining("holds no text");
    Files.write(folder.resolve("old.txt"), "Gebühr".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> PassageFolder.read(folder)).hasMessageContaining("not in UTF-8");
  }
}
