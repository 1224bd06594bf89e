package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.comparison.Change;
import dev.palimpsest.audit.comparison.Comparison;
import dev.palimpsest.audit.comparison.Side;
import dev.palimpsest.audit.comparison.SuiteComparison;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.SuiteLibrary;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a comparison shows.
 *
 * @param comparison all of its figures
 * @param swapped the address of the page with the two sides exchanged
 * @param rows the suites, in the left plan's order
 * @param alike whether both are seen against the same base
 */
public record CompareView(Comparison comparison, String swapped, List<Row> rows, boolean alike) {
  private static final int SHOWN = 50;

  /**
   * A suite.
   *
   * @param one its figures
   * @param name the capability as a heading
   * @param lost the first items that only the left has right
   * @param gained the first items that only the right has right
   */
  public record Row(SuiteComparison one, String name, List<Flip> lost, List<Flip> gained) {
    /** Returns how the standing looks: a sign, words and a tone. */
    public String tone() {
      return switch (one.standing()) {
        case BETTER -> "tone-pass";
        case WORSE -> "tone-fail";
        case NOT_TOLD_APART, NOTHING_SHARED -> "tone-open";
      };
    }

    /** Returns the sign of the standing. */
    public String sign() {
      return switch (one.standing()) {
        case BETTER -> "▲";
        case WORSE -> "▼";
        case NOT_TOLD_APART -> "○";
        case NOTHING_SHARED -> "◇";
      };
    }

    /** Returns the standing in words. */
    public String word() {
      return switch (one.standing()) {
        case BETTER -> "Better";
        case WORSE -> "Worse";
        case NOT_TOLD_APART -> "Not told apart";
        case NOTHING_SHARED -> "Nothing shared";
      };
    }

    /** Says how many of the planned items both have a score for. */
    public String shared() {
      int most = Math.min(one.leftItems(), one.rightItems());
      return most == one.change().n() ? "" : "of " + one.leftItems() + " and " + one.rightItems();
    }

    /** Says that not all items are listed that only the left has right, "" where they are. */
    public String lostCut() {
      return cut(lost, one.lost());
    }

    /** Says the same of those that only the right has right. */
    public String gainedCut() {
      return cut(gained, one.gained());
    }

    private static String cut(List<Flip> shown, List<String> all) {
      return shown.size() == all.size()
          ? ""
          : ", the first " + shown.size() + "; palimpsest compare --json names all";
    }

    /** Tells whether there is an item to look at. */
    public boolean hasFlips() {
      return !lost.isEmpty() || !gained.isEmpty();
    }
  }

  /**
   * An item that one has right and the other wrong.
   *
   * @param question its text, "" where the suite is not here any more
   * @param left its page in the left audit
   * @param right its page in the right audit
   */
  public record Flip(String id, String question, String left, String right) {}

  static CompareView of(
      Comparison comparison, Side left, Side right, SuiteLibrary library, String swapped) {
    boolean alike = comparison.left().baseDigest().equals(comparison.right().baseDigest());
    Links links = new Links(left, right, library);
    return new CompareView(
        comparison, swapped, comparison.suites().stream().map(links::row).toList(), alike);
  }

  /** Tells whether any item came out otherwise. */
  public boolean hasFlips() {
    return rows.stream().anyMatch(Row::hasFlips);
  }

  /** Returns a change's interval, "−9.1 to −3.4". */
  public String between(Change change) {
    return Points.signed(change.interval().low())
        + " to "
        + Points.signed(change.interval().high());
  }

  /** Makes the rows. */
  private record Links(Side left, Side right, SuiteLibrary library) {
    Row row(SuiteComparison one) {
      return new Row(
          one,
          SafeText.visible(CapabilityName.heading(one.capability())),
          flips(one, one.lost()),
          flips(one, one.gained()));
    }

    private List<Flip> flips(SuiteComparison one, List<String> items) {
      return items.stream()
          .limit(SHOWN)
          .map(id -> new Flip(id, question(one, id), url(left, one, id), url(right, one, id)))
          .toList();
    }

    private String question(SuiteComparison one, String item) {
      return library
          .find(one.suite(), one.digest())
          .flatMap(suite -> suite.item(item))
          .map(Item::text)
          .map(SafeText::visible)
          .orElse("");
    }

    /** A base stands on the page of any tuned checkpoint. */
    private static String url(Side side, SuiteComparison one, String item) {
      Optional<Arm> tuned =
          side.audit().plan().tuned().stream()
              .filter(arm -> arm.name().equals(side.arm().name()))
              .findFirst();
      String arm = tuned.orElse(side.audit().plan().tuned().get(0)).name();
      return Query.none("/audits/" + side.audit().id() + "/item")
          .with("suite", one.suite())
          .with("tuned", arm)
          .with("change", "all")
          .with("item", item)
          .url();
    }
  }
}
