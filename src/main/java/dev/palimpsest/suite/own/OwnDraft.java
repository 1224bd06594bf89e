package dev.palimpsest.suite.own;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.SuiteDraft;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.List;

/** Makes a suite of what somebody typed and pasted, and finds every fault of it. */
public final class OwnDraft {
  private static final double CHANCE_OF_TWO = 0.5;

  private OwnDraft() {}

  /**
   * Reads a suite.
   *
   * @param file where the items come from, as its maker knows it
   * @param text a table (tabs, commas or semicolons; first line names the columns) or JSON lines
   */
  public static SuiteDraft of(OwnHead head, String file, String text) {
    SuiteDraft draft = new SuiteDraft(head.standIn(), file);
    head.check(draft);
    OwnItems items = new OwnItems(head.kind(), prefix(head.id()));
    List<Integer> choices = new ArrayList<>();
    for (OwnTable.Row row : new OwnTable(head.kind(), draft).rows(text)) {
      try {
        ObjectNode item = items.item(row);
        choices.add(item.path("choices").size());
        draft.add(row.line(), item);
      } catch (InvalidField fault) {
        draft.refuse(row.line(), fault.field(), fault.found(), fault.expected());
      }
    }
    draft.head(head.json(chance(head.kind(), choices)));
    return draft;
  }

  private static String prefix(String id) {
    return id.matches("[a-z0-9][a-z0-9-]{0,63}") ? id : "own";
  }

  /** The mean over the questions of one over the number of choices. */
  private static double chance(OwnKind kind, List<Integer> choices) {
    return switch (kind) {
      case MARGIN -> CHANCE_OF_TWO;
      case INSTRUCTION -> 0;
      case CHOICE ->
          choices.stream()
              .filter(count -> count > 1)
              .mapToDouble(count -> 1.0 / count)
              .average()
              .orElse(0);
    };
  }
}
