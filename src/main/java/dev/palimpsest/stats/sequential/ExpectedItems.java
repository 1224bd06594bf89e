package dev.palimpsest.stats.sequential;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How many items a gate takes where nothing was lost, and how often a pool holds enough, by running
 * gates in plain order on drawn items with a fixed seed. What the base's margin saves is not in it.
 *
 * @param items mean over all sequences; one that is not certified counts with its whole pool
 * @param certified share of the sequences that are certified before the pool is spent
 */
public record ExpectedItems(double items, double certified) {
  private static final int RUNS = 200;
  private static final long SEED = 17;
  private static final int KEPT = 4096;

  /** Margins are found to a tenth of a point. */
  private static final int GRID = 1000;

  private static final Map<Question, ExpectedItems> KNOWN = kept();
  private static final Map<Wanted, Double> MARGINS = kept();

  private record Question(double margin, double alpha, double discordance, int pool) {}

  private record Wanted(double alpha, double discordance, int pool, double probability) {}

  /** Returns a map of the latest answers, which threads may share. */
  private static <K, V> Map<K, V> kept() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT;
          }
        });
  }

  /**
   * Returns what is to be expected.
   *
   * @param margin δ, in (0, 1)
   * @param alpha level of the certificate, in (0, 0.5)
   * @param discordance ψ, the share of items that change sides, in [0, 1], as many gained as lost
   * @param pool items that there are, at least 0
   */
  public static ExpectedItems of(double margin, double alpha, double discordance, int pool) {
    if (!(margin > 0 && margin < 1) || !(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("no gate: margin " + margin + ", alpha " + alpha);
    }
    if (!(discordance >= 0 && discordance <= 1) || pool < 0) {
      throw new IllegalArgumentException("no items: " + pool + ", discordance " + discordance);
    }
    return known(KNOWN, new Question(margin, alpha, discordance, pool), ExpectedItems::drawn);
  }

  /** Answers from memory what was asked before; two who ask at once may both compute it. */
  private static <K, V> V known(Map<K, V> memory, K question, Function<K, V> answer) {
    V known = memory.get(question);
    if (known == null) {
      known = answer.apply(question);
      memory.put(question, known);
    }
    return known;
  }

  /**
   * Returns the smallest margin that is certified with a probability before the pool is spent, in
   * whole tenths of a point; 1 where there is none.
   */
  public static double smallestMargin(
      double alpha, double discordance, int pool, double probability) {
    return known(
        MARGINS, new Wanted(alpha, discordance, pool, probability), ExpectedItems::smallest);
  }

  private static double smallest(Wanted wanted) {
    int fails = 0;
    int holds = GRID;
    while (holds - fails > 1) {
      int middle = (fails + holds) >>> 1;
      double margin = (double) middle / GRID;
      if (holds(
          new Question(margin, wanted.alpha, wanted.discordance, wanted.pool),
          wanted.probability)) {
        holds = middle;
      } else {
        fails = middle;
      }
    }
    return (double) holds / GRID;
  }

  /** Tells whether enough sequences are certified; as soon as that is settled the rest is left. */
  private static boolean holds(Question question, double probability) {
    int enough = (int) Math.ceil(probability * RUNS);
    Sequences sequences = new Sequences(question);
    int certified = 0;
    for (int run = 0; run < RUNS && certified < enough; run++) {
      if (certified + RUNS - run < enough) {
        return false;
      }
      certified += sequences.next().certified() ? 1 : 0;
    }
    return certified >= enough;
  }

  private static ExpectedItems drawn(Question question) {
    Sequences sequences = new Sequences(question);
    long items = 0;
    int certified = 0;
    for (int run = 0; run < RUNS; run++) {
      Sequence sequence = sequences.next();
      items += sequence.items();
      certified += sequence.certified() ? 1 : 0;
    }
    return new ExpectedItems((double) items / RUNS, (double) certified / RUNS);
  }

  /** How many items a gate took, and whether it was certified by them. */
  private record Sequence(int items, boolean certified) {}

  /** Gates that run on drawn items, the same ones each time. */
  private static final class Sequences {
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Question question;
    private final double logLevel;
    private final Bets bets;

    Sequences(Question question) {
      this.question = question;
      this.logLevel = -Math.log(question.alpha);
      this.bets = Bets.onCertificate(question.margin);
    }

    Sequence next() {
      SplittableRandom own = random.split();
      EProcess evidence = EProcess.smallerThan(question.margin, bets);
      int n = 0;
      while (n < question.pool && evidence.logPeak() < logLevel) {
        double u = own.nextDouble();
        int change = u < question.discordance / 2 ? 1 : u < question.discordance ? -1 : 0;
        evidence.see(WeightedChange.plain(change));
        n++;
      }
      return new Sequence(n, evidence.logPeak() >= logLevel);
    }
  }
}
