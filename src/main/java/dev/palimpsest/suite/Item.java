package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One question of a suite. Ids are unique within the suite and stable over its versions.
 *
 * <p>What is asked, how it is graded and how that is told are the item's own; each kind has a
 * package of its own, and its line in {@link ItemKind}.
 */
public interface Item {
  /** Returns what every item has. */
  Head head();

  /** Returns the id, such as "know-0001". */
  default String id() {
    return head().id();
  }

  /** Returns the tier. */
  default Tier tier() {
    return head().tier();
  }

  /** Returns the topic, such as "geography". */
  default String topic() {
    return head().topic();
  }

  /** Returns what items of one template, passage or fact share; the id where it stands alone. */
  default String cluster() {
    return head().cluster();
  }

  /** Returns the kind, as in the file. */
  ItemKind kind();

  /** Returns the language of its text, such as "de", where items of the suite differ in it. */
  default Optional<String> language() {
    return Optional.empty();
  }

  /** Returns the text that is put to the model, without options. */
  String text();

  /** Returns what is put to the model; without continuations there is one question. */
  List<Question> questions();

  /** Returns the most tokens that its answer may have, 0 where none is generated. */
  int longestAnswer();

  /** Returns how its answer is drawn, where one is generated. */
  default Sampling sampling() {
    return Sampling.GREEDY;
  }

  /**
   * Grades what a model did with its questions.
   *
   * @throws UnscorableException if the model's numbers do not allow it
   */
  Score grade(ModelAnswer answer);

  /** Says how it is scored. */
  Scoring scoring(Suite suite);

  /** Adds the fields that only its kind has, in the order of the format. */
  void writeTo(ObjectNode node);

  /**
   * What every item has.
   *
   * @param id unique within the suite
   * @param cluster shared by items that are not independent of each other
   * @param before what stands before its question
   */
  record Head(String id, Tier tier, String topic, String cluster, Conversation before) {
    public Head {
      Objects.requireNonNull(tier, "tier is null");
      Objects.requireNonNull(before, "before is null");
      Texts.require("id", id);
      Texts.require("topic", topic);
      Texts.require("cluster", cluster);
    }

    /** Makes the head of an item that stands alone. */
    public Head(String id, Tier tier, String topic) {
      this(id, tier, topic, id, Conversation.NONE);
    }
  }
}
