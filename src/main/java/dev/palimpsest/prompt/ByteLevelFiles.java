package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;

/** The files vocab.json and merges.txt of GPT-2 and Qwen 2 in terms of the tokenizers library. */
final class ByteLevelFiles {
  private ByteLevelFiles() {}

  /**
   * Returns model and pipeline.
   *
   * @param file the name of the merges for failures
   * @param kind the class that reads them, which {@link TokenizerClass#splitsBytes}
   * @param space whether a space is put before the text
   */
  static ObjectNode root(
      ObjectNode vocabulary, String file, String merges, TokenizerClass kind, boolean space) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.set("vocab", vocabulary);
    model.set("merges", merges(file, merges));
    build(root, kind, space);
    return root;
  }

  /** Puts the pipeline of a class around a vocabulary with its merges. */
  static void build(ObjectNode root, TokenizerClass kind, boolean space) {
    ObjectNode model = (ObjectNode) root.path("model");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    model.putNull("unk_token");
    root.remove("normalizer");
    if (kind != TokenizerClass.GPT2) {
      root.putObject("normalizer").put("type", "NFC");
    }
    if (kind == TokenizerClass.QWEN2) {
      ObjectNode steps = GgufPreTokenizer.named("qwen2").orElseThrow().toJson();
      ((ObjectNode) steps.at("/pretokenizers/1")).put("add_prefix_space", space);
      root.set("pre_tokenizer", steps);
    } else {
      root.set("pre_tokenizer", ByteLevel.preTokenizer(true).put("add_prefix_space", space));
    }
    root.set("decoder", ByteLevel.decoder());
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
                .formatted(number, Printable.text(line)));
      }
      merges.addArray().add(pair[0]).add(pair[1]);
    }
    return merges;
  }
}
