package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One question of a suite. Ids are unique within the suite and stable over its versions.
 *
 * <p>What is asked, how it is graded and how that is told are the item's own; each kind has a
 * package of its own, and its line in {@link ItemKind}.
 */
public interface Item {
  /** Returns the id, such as "know-0001". */
  String id();

  /** Returns the tier. */
  Tier tier();

  /** Returns the topic, such as "geography". */
  String topic();

  /** Returns the kind, as in the file. */
  ItemKind kind();

  /** Returns the text that is put to the model, without options. */
  String text();

  /** Returns what is put to the model; without continuations there is one question. */
  List<Question> questions();

  /** Returns the most tokens that its answer may have, 0 where none is generated. */
  int longestAnswer();

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
   */
  record Head(String id, Tier tier, String topic) {}
}
