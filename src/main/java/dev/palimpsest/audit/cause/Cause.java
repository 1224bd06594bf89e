package dev.palimpsest.audit.cause;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Why an arm came out as it did. */
public sealed interface Cause
    permits OneAnswer,
        WrongForm,
        RunsOn,
        NotCalledUp,
        NoLongerKnown,
        InventsAnswers,
        Careless,
        Declines,
        SubjectIgnored,
        BroadLoss,
        OneLoss,
        FramedAnswers,
        Boilerplate,
        SkillGained,
        NothingChanged,
        OtherManner,
        Undecided {
  /** Returns the name for tools, such as "wrongForm". */
  String id();

  /** Returns the suite that it is about; empty where it is about the arm as a whole. */
  default Optional<String> suite() {
    return Optional.empty();
  }

  /** Returns it in a sentence with its numbers. */
  String sentence();

  /** Returns the numbers of the sentence by name: counts, and shares in [0, 1]. */
  SortedMap<String, Double> figures();

  /** Returns what to do, the cheapest first. */
  List<Advice> advice();
}
