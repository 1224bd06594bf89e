package dev.palimpsest.decoder.family;

import java.util.List;
import java.util.stream.IntStream;

/** How queries and keys are normed. */
enum HeadNorm {
  /** All heads together, before they are split. */
  WHOLE(0),
  /** Each head, by one weight. */
  SHARED(1),
  /** Each head, by one weight and one bias. */
  SHARED_BIASED(2),
  /** Each head, by a weight of its own; "{head}" in a module's name is its number. */
  OWN(3);

  private final int code;

  HeadNorm(int code) {
    this.code = code;
  }

  /** Returns the kernel's number for it. */
  int code() {
    return code;
  }

  /**
   * Returns what the kernel takes for one layer.
   *
   * @param module the norm's module
   * @param heads how many heads it norms
   */
  TensorSlot slot(String module, int heads, int headSize, boolean plusOne) {
    List<String> names =
        switch (this) {
          case WHOLE, SHARED -> List.of(module + ".weight");
          case SHARED_BIASED -> List.of(module + ".weight", module + ".bias");
          case OWN -> each(module + ".weight", heads);
        };
    int width = this == WHOLE ? heads * headSize : headSize;
    List<Integer> rows = names.stream().map(name -> width).toList();
    return new TensorSlot(names, rows, 0, false, Arrangement.PLAIN, plusOne, 0);
  }

  private static List<String> each(String name, int heads) {
    return IntStream.range(0, heads)
        .mapToObj(head -> name.replace("{head}", Integer.toString(head)))
        .toList();
  }
}
