package dev.palimpsest.preflight.tuned;

import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.preflight.lint.SensitiveText;
import dev.palimpsest.training.RowFault;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What of its training file a tuned model writes of itself.
 *
 * <p>Exploratory: amplified texts say what is in a model and not how often it comes out.
 *
 * @param texts that the tuned model wrote, and as many of the base
 * @param passages runs of words that stand in the file, the longest first
 * @param names of the file that it wrote and the base did not, the most frequent first; none where
 *     it wrote no more of the file's names than the base did
 * @param withNames texts with a name of the file that is none of the everyday
 * @param baseWithNames the same of the base's texts
 */
public record Memorised(
    int texts, List<Passage> passages, List<Name> names, int withNames, int baseWithNames) {
  private static final List<Double> ALPHAS = List.of(0.0, 1.0, 3.0);
  private static final int MOST_PASSAGES = 30;
  private static final int MOST_NAMES = 60;

  /** A difference of this many standard errors between two shares is none of chance. */
  private static final double ERRORS = 3;

  /**
   * Words in a row that stand in the file.
   *
   * @param text the words, in lower case; "" where they look like a secret, which is not repeated
   * @param words how many they are
   * @param row of the file, from 1
   * @param beginning what the model was given, "" for the bare chat template
   * @param alpha how far the difference from the base was amplified
   */
  public record Passage(String text, int words, int row, String beginning, double alpha) {}

  /**
   * A name that comes back.
   *
   * @param row the first row of the file that it stands in
   * @param texts how many texts have it
   */
  public record Name(String name, int row, int texts) {}

  public Memorised {
    passages = List.copyOf(passages);
    names = List.copyOf(names);
  }

  /**
   * Looks for what a pair's tuned model has memorised of a file, which is read once more.
   *
   * @param progress hears in a sentence what goes on
   */
  public static Memorised of(PairRunner pair, TrainingFile file, Consumer<String> progress) {
    Elicitation elicitation = new Elicitation(pair, progress);
    List<Elicited> tuned = elicitation.ofTuned(ALPHAS);
    List<Elicited> base = elicitation.ofBase();
    List<String> all = new ArrayList<>();
    tuned.forEach(one -> all.add(one.text()));
    base.forEach(one -> all.add(one.text()));
    VerbatimSearch search = new VerbatimSearch(all);
    file.read(
        new TrainingFile.Reader() {
          @Override
          public void row(TrainingRow row) {
            search.see(row);
          }

          @Override
          public void fault(RowFault fault) {
            // What is no row was not trained on; the lint names it.
          }
        });
    return of(tuned, base, search);
  }

  static Memorised of(List<Elicited> tuned, List<Elicited> base, VerbatimSearch search) {
    Set<String> ofBase = new HashSet<>();
    Set<String> baseNames = new HashSet<>();
    int baseWithNames = 0;
    for (int i = 0; i < base.size(); i++) {
      search.longestOf(tuned.size() + i).ifPresent(run -> ofBase.add(search.words(run)));
      Set<String> names = search.namesIn(base.get(i).text()).keySet();
      baseNames.addAll(names);
      baseWithNames += names.isEmpty() ? 0 : 1;
    }
    Map<String, Passage> passages = new HashMap<>();
    Map<String, Name> names = new HashMap<>();
    int withNames = 0;
    for (int i = 0; i < tuned.size(); i++) {
      Elicited one = tuned.get(i);
      search
          .longestOf(i)
          .filter(run -> !ofBase.contains(search.words(run)))
          .ifPresent(run -> passages.putIfAbsent(search.words(run), passage(search, run, one)));
      Map<String, Integer> found = search.namesIn(one.text());
      withNames += found.isEmpty() ? 0 : 1;
      found.forEach(
          (name, row) ->
              names.merge(
                  name,
                  new Name(name, row, 1),
                  (a, b) -> new Name(name, a.row(), a.texts() + b.texts())));
    }
    names.keySet().removeAll(baseNames);
    boolean more = isMore(withNames, tuned.size(), baseWithNames, base.size());
    return new Memorised(
        tuned.size(),
        passages.values().stream()
            .sorted(Comparator.comparing(Passage::words).reversed().thenComparing(Passage::row))
            .limit(MOST_PASSAGES)
            .toList(),
        more
            ? names.values().stream()
                .sorted(Comparator.comparing(Name::texts).reversed().thenComparing(Name::name))
                .limit(MOST_NAMES)
                .toList()
            : List.of(),
        withNames,
        baseWithNames);
  }

  private static Passage passage(VerbatimSearch search, VerbatimSearch.Run run, Elicited one) {
    String words = search.words(run);
    String shown = SensitiveText.isIn(one.text()) ? "" : words;
    return new Passage(shown, run.words(), run.row(), one.beginning(), one.alpha());
  }

  /** Tells whether a share is larger than another by more than chance: a z-test of two shares. */
  private static boolean isMore(int a, int n, int b, int m) {
    double pooled = (double) (a + b) / (n + m);
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / n + 1.0 / m));
    return error > 0 && (double) a / n - (double) b / m > ERRORS * error;
  }

  /** Tells whether anything came back. */
  public boolean isEmpty() {
    return passages.isEmpty() && names.isEmpty();
  }

  /** Returns what came back in a sentence. */
  public String sentence() {
    if (isEmpty()) {
      return String.format(
          Locale.ROOT,
          "In %,d texts that it wrote of itself, amplified and not, nothing of the training file came"
              + " back word for word; that proves nothing of what it holds.",
          texts);
    }
    return String.format(
        Locale.ROOT,
        "In %,d texts that it wrote of itself, amplified and not, %d passages of the training file came"
            + " back word for word and %d of its names that the base does not say.",
        texts,
        passages.size(),
        names.size());
  }
}
