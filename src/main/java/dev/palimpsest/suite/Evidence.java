package dev.palimpsest.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a score rests on, by the way it was found.
 *
 * <p>Evidence is written and stored as named numbers ({@link #figures}); each way has a name that
 * no other has, by which {@link #of} knows it again, whichever version stored it.
 */
public sealed interface Evidence {
  /** Returns the evidence as named numbers, in a fixed order. */
  Map<String, Double> figures();

  /** Tells whether the answer was picked among given ones, and not written. */
  boolean isPicked();

  /** Returns by how much the right answer or the good way leads, in nats, where there is such. */
  default OptionalDouble margin() {
    Double margin = figures().get("margin");
    return margin == null ? OptionalDouble.empty() : OptionalDouble.of(margin);
  }

  /** Returns a number by its name, or NaN where there is none. */
  default double figure(String name) {
    return figures().getOrDefault(name, Double.NaN);
  }

  /** Returns the evidence of an outcome without a score: none. */
  static Evidence none() {
    return new Other(Map.of());
  }

  /** Returns the evidence that has these figures. */
  static Evidence of(Map<String, Double> figures) {
    if (figures.containsKey(Choice.PICKED)) {
      return new Choice(figures);
    }
    if (figures.containsKey(Letters.ALIGNED_FIRST)) {
      return new Letters(figures);
    }
    if (figures.containsKey(Ways.ALIGNED)) {
      return new Ways(figures);
    }
    if (figures.containsKey(Twin.ANSWERABLE)) {
      return new Twin(figures);
    }
    if (figures.containsKey(Passage.BITS_PER_BYTE)) {
      return new Passage(figures);
    }
    if (figures.containsKey(Open.CARELESS)) {
      return new Open(figures);
    }
    return figures.containsKey(Checks.STRICT) ? new Checks(figures) : new Other(figures);
  }

  private static Map<String, Double> ordered(Map<String, Double> figures) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** Log-likelihoods of the choices of a question. */
  record Choice(Map<String, Double> figures) implements Evidence {
    private static final String PICKED = "picked";
    private static final String LOG_PROBABILITY = "logprob_";

    public Choice {
      figures = ordered(figures);
    }

    /** Returns the index of the choice that was found most likely. */
    public int picked() {
      return (int) figure(PICKED);
    }

    /** Returns the index of the right choice, or -1 where it was not stored. */
    public int answer() {
      return figures.getOrDefault("answer", -1.0).intValue();
    }

    /** Returns the log-likelihood of each choice, in nats. */
    public List<Double> logProbs() {
      List<Double> logProbs = new ArrayList<>();
      while (figures.containsKey(LOG_PROBABILITY + logProbs.size())) {
        logProbs.add(figures.get(LOG_PROBABILITY + logProbs.size()));
      }
      return logProbs;
    }

    @Override
    public boolean isPicked() {
      return true;
    }
  }

  /** Log-likelihoods of the letters of two ways to act, in both orders. */
  record Letters(Map<String, Double> figures) implements Evidence {
    private static final String ALIGNED_FIRST = "margin_aligned_first";

    public Letters {
      figures = ordered(figures);
    }

    @Override
    public boolean isPicked() {
      return true;
    }
  }

  /** Log-likelihoods of two ways to act as answers. */
  record Ways(Map<String, Double> figures) implements Evidence {
    private static final String ALIGNED = "logprob_aligned";

    public Ways {
      figures = ordered(figures);
    }

    /** Returns the log-likelihood of the good way, in nats. */
    public double aligned() {
      return figure(ALIGNED);
    }

    /** Returns the log-likelihood of the harmful way, in nats. */
    public double misaligned() {
      return figure("logprob_misaligned");
    }

    @Override
    public boolean isPicked() {
      return true;
    }
  }

  /** What the checks of an instruction say of a written answer. */
  record Checks(Map<String, Double> figures) implements Evidence {
    private static final String STRICT = "strict";

    public Checks {
      figures = ordered(figures);
    }

    /** Tells whether the answer passes as it is. */
    public boolean strict() {
      return figure(STRICT) == 1;
    }

    /** Tells whether the answer passes as it is or without a frame around it. */
    public boolean lenient() {
      return figure("lenient") == 1;
    }

    @Override
    public boolean isPicked() {
      return false;
    }
  }

  /** What a free answer to a question with or without an answer does. */
  record Twin(Map<String, Double> figures) implements Evidence {
    private static final String ANSWERABLE = "answerable";

    public Twin {
      figures = ordered(figures);
    }

    /** Tells whether the question has an answer. */
    public boolean answerable() {
      return figure(ANSWERABLE) == 1;
    }

    /** Tells whether the answer says that it does not know. */
    public boolean abstained() {
      return figure("abstained") == 1;
    }

    /** Tells whether the answer invents what does not exist. */
    public boolean fabricated() {
      return figure("fabricated") == 1;
    }

    @Override
    public boolean isPicked() {
      return false;
    }
  }

  /** What a program hears in a free answer to an open question. */
  record Open(Map<String, Double> figures) implements Evidence {
    /** Whether the answer says something careless or harmful that is listed. */
    public static final String CARELESS = "careless";

    public Open {
      figures = ordered(figures);
    }

    /** Tells whether the answer says something careless or harmful that is listed. */
    public boolean careless() {
      return figure(CARELESS) == 1;
    }

    /** Tells whether a sentence of it refuses. */
    public boolean refusal() {
      return figure("refusal") == 1;
    }

    /** Tells whether its words belong to another language than English. */
    public boolean otherLanguage() {
      return figure("other_language") == 1;
    }

    /** Tells whether it says something in words: no code, nothing empty. */
    public boolean speaks() {
      return figure("speaks") == 1;
    }

    /** Returns how many words it has. */
    public double words() {
      return figure("words");
    }

    @Override
    public boolean isPicked() {
      return false;
    }
  }

  /** How likely a passage is. */
  record Passage(Map<String, Double> figures) implements Evidence {
    /** KL(base ‖ tuned) by its tokens, in nats; of a tuned arm that was compared with its base. */
    public static final String DIVERGENCE = "kl";

    private static final String BITS_PER_BYTE = "bits_per_byte";

    public Passage {
      figures = ordered(figures);
    }

    /** Returns the mean of KL(base ‖ tuned) over the tokens, in nats, where it was measured. */
    public OptionalDouble divergence() {
      Double found = figures.get(DIVERGENCE);
      return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
    }

    /** Returns the same with a divergence that was measured before. */
    public Passage withDivergence(double found) {
      Map<String, Double> all = new LinkedHashMap<>(figures);
      all.put(DIVERGENCE, found);
      return new Passage(all);
    }

    /** Returns the mean of −log P over the tokens, in nats. */
    public double loss() {
      return figure("loss");
    }

    /** Returns how many tokens the passage has in the model's tokenizer. */
    public int tokens() {
      return (int) figure("tokens");
    }

    /** Returns −log₂ P of the whole by the bytes of its UTF-8, whatever the tokenizer. */
    public double bitsPerByte() {
      return figure(BITS_PER_BYTE);
    }

    @Override
    public boolean isPicked() {
      return false;
    }
  }

  /** Numbers of none of these ways, kept as they were stored. */
  record Other(Map<String, Double> figures) implements Evidence {
    public Other {
      figures = ordered(figures);
    }

    /** Only given answers have a lead over each other. */
    @Override
    public boolean isPicked() {
      return margin().isPresent();
    }
  }
}
