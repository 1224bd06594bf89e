package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an arm's items are put together. */
final class BatchesTest {
  private static final int ITEMS = 60;

  @TempDir Path folder;

  private AuditPlan plan;
  private List<AskedItem> items;

  @BeforeEach
  void plan() {
    TinySuites suites = new TinySuites(folder);
    suites.library(ITEMS);
    SuiteLibrary library = suites.withOpenQuestions(ITEMS / 2);
    plan = TinyAudit.plan(library, "batches", 1, TinyAudit.ADAPTER);
    items =
        plan.suites().stream()
            .flatMap(planned -> items(planned, library.suite(planned.suite())).stream())
            .toList();
  }

  private static List<AskedItem> items(PlannedSuite planned, Suite suite) {
    return planned.itemIds().stream()
        .map(id -> new AskedItem(planned, suite.item(id).orElseThrow()))
        .toList();
  }

  @Test
  void whatIsReadStaysWithItsSuiteInThePlansOrder() {
    List<List<AskedItem>> batches = batches(plan.base());

    List<List<AskedItem>> read = batches.stream().filter(batch -> !isWritten(batch)).toList();
    assertThat(read).hasSize(4).allMatch(batch -> suites(batch).size() == 1);
    assertThat(read.stream().flatMap(List::stream).toList())
        .containsExactlyElementsOf(
            items.stream().filter(item -> item.item().longestAnswer() == 0).toList());
  }

  @Test
  void whatIsWrittenComesLastWithThatOfOtherSuitesTheShortestFirst() {
    List<List<AskedItem>> batches = batches(plan.base());

    List<List<AskedItem>> written = batches.subList(4, batches.size());
    assertThat(written).allMatch(BatchesTest::isWritten);
    assertThat(written).extracting(List::size).containsExactly(60, 60);
    assertThat(written.stream().flatMap(batch -> suites(batch).stream()).distinct())
        .containsExactlyInAnyOrder("deeds", "open");
    assertThat(written.stream().flatMap(List::stream).map(item -> item.item().longestAnswer()))
        .isSortedAccordingTo(Comparator.naturalOrder());
  }

  @Test
  void aControlArmsItemsComeInOtherCompany() {
    Function<Arm, List<Set<String>>> company =
        arm -> batches(arm).stream().map(BatchesTest::ids).toList();
    Arm control = plan.base().as("again", Arm.Role.CONTROL);

    assertThat(company.apply(control)).doesNotContainAnyElementsOf(company.apply(plan.base()));
    assertThat(batches(control).stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(items);
  }

  private List<List<AskedItem>> batches(Arm arm) {
    return new Batches(plan.seed()).of(items, arm);
  }

  private static boolean isWritten(List<AskedItem> batch) {
    return batch.stream().allMatch(item -> item.item().longestAnswer() > 0);
  }

  private static Set<String> suites(List<AskedItem> batch) {
    return batch.stream().map(item -> item.suite().suite()).collect(Collectors.toSet());
  }

  private static Set<String> ids(List<AskedItem> batch) {
    return batch.stream().map(item -> item.item().id()).collect(Collectors.toSet());
  }
}
