package dev.palimpsest.suite.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes items in the format of items.jsonl. */
public interface Generator {
  /**
   * Writes items.
   *
   * @param seed the same seed gives the same items
   * @param count how many
   * @param tables facts that lie beside the suite; [] for none
   * @return items that differ from each other; fewer than asked where there are no more
   */
  List<ObjectNode> items(long seed, int count, List<FactTable> tables);
}
