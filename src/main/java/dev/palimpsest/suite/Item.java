package dev.palimpsest.suite;

/** One question of a suite. Ids are unique within the suite and stable over its versions. */
public sealed interface Item permits ChoiceItem, InstructionItem, MarginItem {
  /** Returns the id, such as "know-0001". */
  String id();

  /** Returns the tier. */
  Tier tier();

  /** Returns the topic, such as "geography". */
  String topic();

  /** Returns "choice", "instruction" or "margin", as in the file. */
  String kind();

  /** Returns the text that is put to the model, without options. */
  String text();
}
