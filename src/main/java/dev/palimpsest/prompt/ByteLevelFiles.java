package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Shown;

/** The files vocab.json and merges.txt of GPT-2 and Qwen 2 in terms of the tokenizers library. */
final class ByteLevelFiles {
  private ByteLevelFiles() {}

  /**
   * Returns model and pipeline.
   *
   * @param file the name of the merges for failures
   * @param qwen whether text is split by Qwen's rule, else by GPT-2's
   * @param space whether a space is put before the text
   */
  static ObjectNode root(
      ObjectNode vocabulary, String file, String merges, boolean qwen, boolean space) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.put("fuse_unk", false).put("byte_fallback", false);
    model.set("vocab", vocabulary);
    model.set("merges", merges(file, merges));
    if (qwen) {
      GgufPreTokenizer rule = GgufPreTokenizer.named("qwen2").orElseThrow();
      rule.normalizer().ifPresent(normalizer -> root.set("normalizer", normalizer));
      ObjectNode steps = rule.toJson();
      ((ObjectNode) steps.at("/pretokenizers/1")).put("add_prefix_space", space);
      root.set("pre_tokenizer", steps);
    } else {
      root.set("pre_tokenizer", ByteLevel.preTokenizer(true).put("add_prefix_space", space));
    }
    root.set("decoder", ByteLevel.decoder());
    return root;
  }

  private static ArrayNode merges(String file, String text) {
    ArrayNode merges = JsonNodeFactory.instance.arrayNode();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.isEmpty() || line.startsWith("#version")) {
        continue;
      }
      String[] pair = line.split(" ", -1);
      if (pair.length != 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
        throw new CheckpointException(
            file,
            "should have two tokens on line %d but has '%s'; copy it again"
                .formatted(number, Shown.text(line)));
      }
      merges.addArray().add(pair[0]).add(pair[1]);
    }
    return merges;
  }
}
