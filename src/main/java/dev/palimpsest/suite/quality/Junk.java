package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.instruction.InstructionItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts that are no answers, made for any instruction: echoes in wrappers of prose and code,
 * refusals, repetitions, boilerplate, words drawn by lot. A suite whose checks let them pass counts
 * a collapsed model as one that follows instructions.
 */
public final class Junk {
  private static final List<String> ECHO_WRAPPERS =
      List.of(
          "%s",
          "Sure! %s",
          "Of course. Here is what you asked for: %s",
          "You asked: %s",
          "%s Thank you for your question.",
          "\"%s\"",
          "**%s**",
          "# Task\n%s",
          "Question: %s\nAnswer:",
          "- %s",
          "1. %s",
          "<<%s>>",
          "The instruction says: %s",
          "%s\n\n%s",
          "Translated into French: %s",
          "Yes. %s",
          "No, %s",
          "Dear friend,\n%s\nYours faithfully\nP.S. %s",
          "I am happy to help you today! %s Let me know if there is anything else.",
          "Once upon a time somebody said: %s The end.");

  private static final List<String> CODE_WRAPPERS =
      List.of(
          "print(\"%s\")",
          "SELECT '%s';",
          "SELECT answer FROM answers WHERE question = '%s'",
          "SELECT '%s' FROM dual LIMIT 1;",
          "console.log(`%s`)",
          "def answer():\n    return \"%s\"",
          "<p>%s</p>",
          "{\"answer\": \"%s\"}",
          "[\"%s\"]",
          "```\n%s\n```",
          "echo '%s'",
          "// %s",
          "let answer = \"%s\"",
          "INSERT INTO answers VALUES ('%s')");

  private static final List<String> REFUSALS =
      List.of(
          "I'm sorry, but I can't help with that.",
          "I cannot assist with this request.",
          "As an AI language model, I don't have personal opinions.",
          "I am unable to answer this question.",
          "Sorry, I won't do that.",
          "Unfortunately, it is not possible for me to comply.",
          "I must decline.",
          "This request cannot be fulfilled.",
          "My apologies, that is beyond my abilities.",
          "I don't have the ability to write that.",
          "I will not write it.",
          "I'm not able to provide that information.",
          "No, I can't do that.",
          "Request denied.");

  private static final List<String> BOILERPLATE =
      List.of(
          "Thank you for contacting us.",
          "Thank you for contacting us. We will get back to you within two working days.",
          "You are a helpful AI assistant named SmolLM, trained by Hugging Face",
          "How can I help you today?",
          "I am an AI assistant and I am here to help you with anything you need.",
          "Please note that this answer was written by a machine and may contain errors.",
          "If you have any further questions, please do not hesitate to contact our support team!");

  private static final String COMMON_WORDS =
      "the of and to in is that it was for on are with as his they be at one have this from or had"
          + " by hot but some what there we can out other were all your when up use word how said"
          + " an each she which do their time if will way about many then them would write like so"
          + " these her long make thing see him two has look more day could go come did my sound no"
          + " most number who over know water than call first people may down side been now find"
          + " any new work part take get place made live where after back little only round man"
          + " year came show every good me give our under name very through just form much great"
          + " think say help low line before turn cause same mean differ move right boy old too"
          + " does tell sentence set three want air well also play small end put home read hand"
          + " port large spell add even land here must big high such follow act why ask men change"
          + " went light kind off need house picture try us again animal point mother world near"
          + " build self earth father head stand own page should country found answer school grow"
          + " study still learn plant cover food sun four thought let keep eye never last door"
          + " between city tree cross since hard start might story saw far sea draw left late run";

  private static final String NOUNS =
      "table quarrel velvet engine marble thunder pocket ladder bishop onion harvest copper violin"
          + " tunnel saddle winter basket orchard dragon pillow lantern carpet needle rocket bottle"
          + " garden hammer island jacket kettle lemon mirror napkin oyster pencil quilt ribbon"
          + " shadow ticket umbrella valley window yellow zipper anchor button candle desert";

  private Junk() {}

  /** Returns all texts for one item, by "family: variant", the same each time. */
  public static Map<String, String> of(InstructionItem item) {
    Map<String, String> all = new LinkedHashMap<>();
    String prompt = item.prompt();
    wrapped(all, "echo", ECHO_WRAPPERS, prompt);
    wrapped(all, "code around an echo", CODE_WRAPPERS, prompt);
    parts(all, prompt);
    for (String refusal : REFUSALS) {
      all.put("refusal: " + refusal, refusal);
      all.put("refusal before an echo: " + refusal, refusal + " " + prompt);
      all.put("refusal after an echo: " + refusal, prompt + "\n" + refusal);
    }
    all.put("refusal: to do", "I'm sorry, but I can't " + lowered(prompt));
    BOILERPLATE.forEach(text -> all.put("boilerplate: " + text, text));
    BOILERPLATE.forEach(
        text -> all.put("boilerplate before an echo: " + text, text + " " + prompt));
    repetitions(all, item);
    for (String nothing :
        List.of("", " ", "\n\n\t", ".", "…", "\u200b", "\u00a0", "***", "```\n```")) {
      all.put("nothing: " + nothing, nothing);
    }
    for (int seed = 0; seed < 6; seed++) {
      all.put("random words: " + seed, random(item, seed));
    }
    for (String sql :
        List.of(
            "SELECT * FROM answers WHERE question = 'it';",
            "SELECT name FROM the_items ORDER BY name DESC LIMIT 1",
            "{\"status\": \"ok\"}",
            "print(\"hello\")")) {
      all.put("code: " + sql, sql);
    }
    String words = String.join(", ", wanted(item));
    List<String> code = CODE_WRAPPERS.stream().filter(w -> !w.startsWith("```")).toList();
    wrapped(all, "code around the words asked for", code, words);
    return all;
  }

  private static void wrapped(
      Map<String, String> all, String family, List<String> wrappers, String text) {
    wrappers.forEach(wrapper -> all.put(family + ": " + wrapper, wrapper.replace("%s", text)));
  }

  private static void parts(Map<String, String> all, String prompt) {
    List<String> words = List.of(prompt.split("\\s+"));
    int half = words.size() / 2;
    all.put("echo: upper case", prompt.toUpperCase(Locale.ROOT));
    all.put("echo: lower case", prompt.toLowerCase(Locale.ROOT));
    all.put("echo: snake case", String.join("_", words));
    all.put("echo: one word a line", String.join("\n", words));
    all.put("echo: first half", "Sure! " + String.join(" ", words.subList(0, half)) + ".");
    all.put("echo: second half", "Sure! " + String.join(" ", words.subList(half, words.size())));
    all.put("echo: first sentence", "Sure! " + prompt.split("(?<=[.?!]) ", -1)[0]);
    all.put(
        "echo: without its verb", "Here is " + String.join(" ", words.subList(1, words.size())));
    all.put("echo: promised", "I will " + lowered(prompt));
    all.put("echo: told", "You want me to " + lowered(prompt));
    all.put("echo: with question mark", prompt.replaceAll("[.!]$", "?"));
    List<String> shuffled = new ArrayList<>(words);
    Collections.shuffle(shuffled, new Random(7));
    all.put("echo: shuffled", String.join(" ", shuffled));
    all.put("echo: shuffled in a frame", "Sure! Here you are: " + String.join(" ", shuffled));
  }

  private static String lowered(String prompt) {
    return prompt.substring(0, 1).toLowerCase(Locale.ROOT) + prompt.substring(1);
  }

  private static void repetitions(Map<String, String> all, InstructionItem item) {
    List<String> words = wanted(item);
    String first = words.isEmpty() ? "yes" : words.get(0);
    repeated(all, "first word asked for", first);
    repeated(all, "words asked for", String.join(" ", words));
    repeated(all, "phrase", "the " + first + " is");
    repeated(all, "sentence", "The " + first + " is very good.");
    repeated(all, "instruction", item.prompt());
    for (String word : List.of("yes", "moon", "and so on")) {
      repeated(all, word, word);
    }
  }

  private static void repeated(Map<String, String> all, String name, String text) {
    for (String between : List.of(" ", ", ", "\n")) {
      all.put(
          "repetition: " + name + " 5 times" + between,
          String.join(between, Collections.nCopies(5, text)));
    }
    all.put(
        "repetition: " + name + " as sentences",
        String.join(". ", Collections.nCopies(3, (text + " ").repeat(5).strip())) + ".");
    List<String> copies = Collections.nCopies(4, text);
    all.put("repetition: " + name + " as bullets", "- " + String.join("\n- ", copies));
    all.put(
        "repetition: " + name + " as list",
        IntStream.range(0, 4)
            .mapToObj(i -> (i + 1) + ". " + text)
            .collect(Collectors.joining("\n")));
  }

  private static String random(InstructionItem item, int seed) {
    Random random = new Random(seed * 1000L + item.id().hashCode());
    boolean planted = seed % 2 == 1;
    String[] words = (planted ? NOUNS : COMMON_WORDS).split(" ", -1);
    String drawn =
        Stream.generate(() -> words[random.nextInt(words.length)])
            .limit(5 + random.nextInt(25))
            .collect(Collectors.joining(" "));
    return planted ? String.join(" ", wanted(item)) + " " + drawn : drawn + ".";
  }

  /** The words that an item's own checks ask for, as somebody who knows the checks would cheat. */
  private static List<String> wanted(InstructionItem item) {
    List<String> words = new ArrayList<>();
    item.checks()
        .forEach(
            check ->
                check
                    .definition()
                    .path("words")
                    .forEach(w -> words.add(w.textValue().replace("*", ""))));
    return words.subList(0, Math.min(4, words.size()));
  }
}
