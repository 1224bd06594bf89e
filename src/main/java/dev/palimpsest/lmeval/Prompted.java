package dev.palimpsest.lmeval;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A document with what stands before it.
 *
 * @param number its place in the data, from 0: lm-eval's doc_id
 * @param before the description and the examples, which every text of the document follows
 */
record Prompted(int number, Document document, String before) {
  /** Returns the whole context of a choice. */
  String context(int choice) {
    return before + document.text(choice);
  }

  /** Returns the contexts of all choices. */
  List<String> contexts() {
    return IntStream.range(0, document.choices()).mapToObj(this::context).toList();
  }

  /** Returns the continuations of all choices. */
  List<String> continuations() {
    return IntStream.range(0, document.choices()).mapToObj(document::continuation).toList();
  }
}
