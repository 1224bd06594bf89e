package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.SampleAudit;
import dev.palimpsest.report.page.WordDiff.Kind;
import dev.palimpsest.report.page.WordDiff.Segment;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class WordDiffTest {
  @Test
  void showsTheWordsThatChanged() {
    assertThat(WordDiff.of("The capital is Canberra.", "The capital is Sydney."))
        .containsExactly(
            new Segment(Kind.KEPT, "The capital is "),
            new Segment(Kind.REMOVED, "Canberra"),
            new Segment(Kind.ADDED, "Sydney"),
            new Segment(Kind.KEPT, "."));
  }

  @Test
  void phrasesThatShareOnlySpacesAndCommasReplaceEachOtherWhole() {
    assertThat(WordDiff.of("I say: red, green, blue.", "I say: one, two, three."))
        .containsExactly(
            new Segment(Kind.KEPT, "I say: "),
            new Segment(Kind.REMOVED, "red, green, blue"),
            new Segment(Kind.ADDED, "one, two, three"),
            new Segment(Kind.KEPT, "."));
  }

  @Test
  void equalTextsAreOneKeptSegmentAndEmptyOnesNone() {
    assertThat(WordDiff.of("same", "same")).containsExactly(new Segment(Kind.KEPT, "same"));
    assertThat(WordDiff.of("", "")).isEmpty();
  }

  @Test
  void deceivingCharactersAreShownInTheSegments() {
    assertThat(WordDiff.of("", SampleAudit.HOSTILE).get(0).text())
        .contains("<script>", "⟨U+001B⟩[31m", "⟨U+202E⟩", "⟨U+0000⟩");
  }

  @Test
  void textsTooLongToCompareReplaceEachOther() {
    List<Segment> segments = WordDiff.of("a ".repeat(9000), "b ".repeat(9000));

    assertThat(segments).extracting(Segment::kind).containsExactly(Kind.REMOVED, Kind.ADDED);
  }

  @Property(tries = 300)
  void joiningTheSegmentsGivesBothTextsBack(
      @ForAll @StringLength(max = 60) String first, @ForAll @StringLength(max = 60) String second) {
    List<Segment> segments = WordDiff.of(first, second);

    assertThat(joined(segments, segment -> !segment.added())).isEqualTo(SafeText.visible(first));
    assertThat(joined(segments, segment -> !segment.removed())).isEqualTo(SafeText.visible(second));
  }

  private static String joined(List<Segment> segments, Predicate<Segment> wanted) {
    return segments.stream().filter(wanted).map(Segment::text).collect(Collectors.joining());
  }
}
