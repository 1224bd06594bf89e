package dev.palimpsest.suite.cued;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes the twin of a suite whose questions stand in the context of a tune's training data. */
public final class CuedSuite {
  private static final int SHOWN = 6;
  private static final Pattern ID = Pattern.compile("(.+)-cued-[0-9a-f]{" + SHOWN + "}");
  private static final Set<ItemKind> KINDS =
      Set.of(ItemKind.MARGIN, ItemKind.TWIN, ItemKind.INSTRUCTION, ItemKind.OPEN);

  private CuedSuite() {}

  /**
   * Tells whether a suite's items can be asked in a context: ways to act, twins, instructions, open
   * questions.
   */
  public static boolean suits(Suite suite) {
    return suite.items().stream().allMatch(item -> KINDS.contains(item.kind()))
        && suite.shots().isEmpty();
  }

  /** Tells whether an id is that of a twin in a context. */
  public static boolean isCued(String id) {
    return ID.matcher(id).matches();
  }

  /** Returns the id of the suite that a twin was made of; any other id as it is. */
  public static String plain(String id) {
    return ID.matcher(id).replaceFirst("$1");
  }

  /**
   * Makes the twin. Its items have the ids of the plain ones, so that the same are drawn; of
   * several contexts each item stands in one, in turn.
   *
   * @param suite one that this suits
   * @param around contexts, the most frequent first; at least one
   */
  public static Suite of(Suite suite, List<Surrounding> around) {
    if (around.isEmpty()) {
      throw new IllegalArgumentException("no context for " + suite.id());
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < suite.items().size(); i++) {
      lines.append(in(around.get(i % around.size()), suite.items().get(i))).append('\n');
    }
    return new SuiteText(head(suite, around).toString(), lines.toString()).read(suite.id());
  }

  private static ObjectNode head(Suite suite, List<Surrounding> around) {
    ObjectNode head = Json.mapper().valueToTree(suite.info());
    head.put("id", suite.id() + "-cued-" + Sha256.hex(around.toString()).substring(0, SHOWN));
    head.put("title", suite.title() + ", in the training context");
    head.put("source", "made of " + suite.id() + " " + suite.version() + " and a training file");
    head.put("core", false);
    head.remove("generated");
    return head;
  }

  private static ObjectNode in(Surrounding around, Item item) {
    ObjectNode node = SuiteText.line(item);
    String system = around.before(item.head().before().system());
    if (!system.isEmpty()) {
      node.put("system", system);
    }
    String field = node.has("question") ? "question" : "prompt";
    node.put(field, around.around(node.get(field).textValue()));
    return node;
  }
}
