package dev.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DistinctNamesTest {
  private static List<String> of(String... paths) {
    List<Path> all = Stream.of(paths).map(Path::of).toList();
    return DistinctNames.of(all.stream().map(CheckpointLocation::nameOf).toList(), all);
  }

  @Test
  void namesThatDifferStayAsTheyAre() {
    assertThat(of("/m/base", "/m/sft")).containsExactly("base", "sft");
  }

  @Test
  void theSameStepOfTwoRunsIsToldApartByTheRuns() {
    assertThat(of("/m/base", "/x/run_a/checkpoint-500", "/x/run_b/checkpoint-500"))
        .containsExactly("base", "run_a/checkpoint-500", "run_b/checkpoint-500");
  }

  @Test
  void whereParentsShareANameTooThoseAboveThemAreNamed() {
    assertThat(of("/x/lr1/out/step", "/x/lr2/out/step"))
        .containsExactly("lr1/out/step", "lr2/out/step");
    assertThat(of("/x/a/out/step", "/x/b/out/step", "/x/b/other/step"))
        .containsExactly("a/out/step", "b/out/step", "b/other/step");
  }

  @Test
  void aFolderAtTheTopHasNothingAboveIt() {
    assertThat(of("/step", "/a/step")).containsExactly("step", "a/step");
  }

  @Test
  void onePathTwiceKeepsItsName() {
    assertThat(of("/a/step", "/a/step")).containsExactly("step", "step");
    assertThat(of("/a/step", "/b/step", "/a/step")).containsExactly("a/step", "b/step", "a/step");
  }

  @Test
  void snapshotsOfTheCacheAreToldApartByOwnerAndRevision() {
    String one = "/hub/models--org--tiny/snapshots/";
    assertThat(of(one + "0123", "/hub/models--other--tiny/snapshots/0123"))
        .containsExactly("org/tiny", "other/tiny");
    assertThat(of(one + "0123", one + "4567")).containsExactly("org/tiny/0123", "org/tiny/4567");
  }

  @Test
  void namesThatPeopleGaveAreFollowedByTheirPlaces() {
    List<Path> paths = List.of(Path.of("/x/a/step"), Path.of("/x/b/step"));
    assertThat(DistinctNames.of(List.of("sft", "sft"), paths))
        .containsExactly("sft (a/step)", "sft (b/step)");
  }

  @Test
  void aFileOfGgufIsNamedWithoutItsEnding() {
    List<Path> paths = List.of(Path.of("/x/a/m.gguf"), Path.of("/x/b/m.gguf"));
    assertThat(DistinctNames.of(List.of("m", "m"), paths)).containsExactly("a/m", "b/m");
  }

  @Test
  void threeOfOneNameUnderParentsOfOneNameAreToldApartByWhatIsAboveThem() {
    assertThat(of("/x/a/out/step", "/y/a/out/step", "/z/a/out/step"))
        .containsExactly("x/a/out/step", "y/a/out/step", "z/a/out/step");
    assertThat(of("/x/a/out/l.gguf", "/y/a/out/l.gguf", "/y/b/out/l.gguf"))
        .containsExactly("x/a/out/l.gguf", "y/a/out/l.gguf", "y/b/out/l.gguf");
  }
}
