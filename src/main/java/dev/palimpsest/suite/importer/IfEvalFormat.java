package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * IFEval: key, prompt, instruction_id_list, and kwargs of the same length, in which the hub fills
 * every argument of every instruction with null. One check per instruction, by IFEval's rules.
 */
final class IfEvalFormat implements Format {
  /** As long as lm-eval lets answers be. */
  private static final int MAX_TOKENS = 1280;

  @Override
  public void read(List<Source> sources, Draft draft) {
    sources.forEach(source -> source.rows().forEach(row -> readRow(row, draft)));
  }

  @Override
  public boolean hasAnswers() {
    return false;
  }

  private static void readRow(Row row, Draft draft) {
    List<String> ids = row.texts("instruction_id_list");
    JsonNode kwargs = row.list("kwargs", row.object().get("kwargs"));
    if (kwargs.size() != ids.size()) {
      throw row.fault("kwargs", kwargs.size() + " entries", "one per instruction, " + ids.size());
    }
    List<ObjectNode> checks = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (!kwargs.get(i).isObject()) {
        throw row.wrong("kwargs[" + i + "]", kwargs.get(i), "an object");
      }
      checks.add(IfEvalInstruction.of(row, i, ids.get(i), kwargs.get(i)).check());
    }
    Tier tier = ids.size() == 1 ? Tier.EASY : ids.size() == 2 ? Tier.MEDIUM : Tier.HARD;
    ObjectNode item =
        Items.instruction(
            "ifeval-" + row.object().path("key").asText(String.valueOf(row.line())),
            tier,
            ids.get(0).replaceAll(":.*", ""),
            row.text("prompt"),
            checks,
            MAX_TOKENS);
    draft.add(row.source(), row.line(), item.put("rules", "ifeval"), "");
  }
}
