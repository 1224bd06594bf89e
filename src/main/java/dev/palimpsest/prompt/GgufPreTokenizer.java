package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a byte-level vocabulary splits text before merging, by llama.cpp's name in
 * tokenizer.ggml.pre.
 *
 * <p>The expressions are those of the models' own tokenizer.json files, which llama.cpp repeats in
 * its llama-vocab.cpp.
 *
 * @param splits expressions whose matches become pieces of their own, one after the other
 * @param splitsByGpt2Rule whether GPT-2's expression is applied after them
 * @param afterwards expressions that split the spelled bytes further
 * @param composes whether text is first normalised to NFC
 * @param isTiktoken whether it comes from tiktoken: a piece that is in the vocabulary is taken
 *     whole, and BOS is the default
 */
record GgufPreTokenizer(
    List<String> splits,
    boolean splitsByGpt2Rule,
    List<String> afterwards,
    boolean composes,
    boolean isTiktoken) {
  private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
  private static final String CAPITALS = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String SMALLS = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String SYMBOLS = " ?[^\\s\\p{L}\\p{N}]+";

  private static final Map<String, GgufPreTokenizer> BY_NAME = new HashMap<>();

  static {
    put(byGpt2Rule(), "default", "gpt-2", "gpt2", "jais", "phi-2");
    // the tokenizer of GPT-NeoX, which Pythia, MPT and the first OLMo have too
    put(new GgufPreTokenizer(List.of(), true, List.of(), true, false), "mpt", "olmo");
    put(
        new GgufPreTokenizer(
            List.of("[\\p{P}$+<=>^~|`]+"), true, List.of("\\p{N}+", "[0-9]{3}"), false, false),
        "falcon");
    // llama.cpp splits off digits for smollm too; transformers does not, and whoever tunes a smollm
    // file tunes it through transformers. The two differ after runs of spaces before a digit.
    put(byGpt2Rule(), "smollm");
    put(byGpt2Rule("\\p{N}"), "starcoder", "refact", "command-r", "codeshell", "exaone");
    String llama3 = words("\\p{N}{1,3}");
    put(
        new GgufPreTokenizer(List.of(llama3), false, List.of(), false, true),
        "llama3",
        "llama-v3",
        "llama-bpe",
        "falcon3",
        "falcon-h1",
        "pixtral",
        "midm-2.0",
        "lfm2");
    put(by(llama3), "dbrx", "smaug-bpe");
    put(
        new GgufPreTokenizer(List.of(words("\\p{N}")), false, List.of(), true, false),
        "qwen2",
        "deepseek-r1-qwen",
        "megrez");
    put(by(words("\\p{N}")), "stablelm2", "hunyuan");
    put(
        new GgufPreTokenizer(List.of(cased("", "\\p{N}")), false, List.of(), false, true),
        "tekken");
    put(by(cased(CONTRACTIONS + "?", "\\p{N}{1,3}")), "gpt-4o", "llama4");
    put(
        by("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-퟿]+", "\\p{N}"),
        "deepseek-llm",
        "deepseek-coder");
    put(
        by(
            "\\p{N}{1,3}",
            "[一-龥぀-ゟ゠-ヿ]+",
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
                + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|"
                + SPACES),
        "deepseek-v3");
  }

  private static String words(String digits) {
    return CONTRACTIONS
        + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + digits
        + "|"
        + SYMBOLS
        + "[\\r\\n]*|"
        + SPACES;
  }

  private static String cased(String ending, String digits) {
    String start = "[^\\r\\n\\p{L}\\p{N}]?";
    return (start + CAPITALS + "*" + SMALLS + "+" + ending + "|")
        + (start + CAPITALS + "+" + SMALLS + "*" + ending + "|")
        + (digits + "|" + SYMBOLS + "[\\r\\n/]*|" + SPACES);
  }

  private static GgufPreTokenizer by(String... splits) {
    return new GgufPreTokenizer(List.of(splits), false, List.of(), false, false);
  }

  private static GgufPreTokenizer byGpt2Rule(String... splits) {
    return new GgufPreTokenizer(List.of(splits), true, List.of(), false, false);
  }

  private static void put(GgufPreTokenizer preTokenizer, String... names) {
    for (String name : names) {
      BY_NAME.put(name, preTokenizer);
    }
  }

  static Optional<GgufPreTokenizer> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  Optional<ObjectNode> normalizer() {
    return composes
        ? Optional.of(JsonNodeFactory.instance.objectNode().put("type", "NFC"))
        : Optional.empty();
  }

  ObjectNode toJson() {
    ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    splits.forEach(expression -> addSplit(steps, expression));
    steps.add(ByteLevel.preTokenizer(splitsByGpt2Rule));
    afterwards.forEach(expression -> addSplit(steps, expression));
    return sequence;
  }

  private static void addSplit(ArrayNode steps, String expression) {
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", expression);
    split.put("behavior", "Isolated").put("invert", false);
  }
}
