package dev.palimpsest.suite.prompted;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.retrieval.Passage;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Conversation.Turn;
import dev.palimpsest.suite.Item;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is given before the items of one suite, whole: a plan that holds it needs neither the
 * training file nor the folder any more.
 *
 * @param suite id
 * @param system a system prompt, "" for none
 * @param turns worked examples, the user's and the model's turns in turn
 * @param passages every passage that some item is shown, once
 * @param shown which of them, by item id, the best first; an item without any is asked plainly
 * @param swaps by item id, what its passages say in place of the answer; where there are any, only
 *     those items are asked, and what is right is the answer of the swapped passages
 */
public record Prompting(
    String suite,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String system,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Turn> turns,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Passage> passages,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<Integer>> shown,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Swap> swaps) {
  public Prompting {
    Objects.requireNonNull(suite, "suite is null");
    system = system == null ? "" : system;
    turns = turns == null ? List.of() : List.copyOf(turns);
    passages = passages == null ? List.of() : List.copyOf(passages);
    shown = shown == null ? Map.of() : Map.copyOf(shown);
    swaps = swaps == null ? Map.of() : Map.copyOf(swaps);
  }

  /** Gives a system prompt and worked examples. */
  public static Prompting of(String suite, Conversation given) {
    return new Prompting(suite, given.system(), given.turns(), List.of(), Map.of(), Map.of());
  }

  /** Returns the same with passages that give other answers. */
  public Prompting swapped(Map<String, Swap> answers) {
    return new Prompting(suite, system, turns, passages, shown, answers);
  }

  /** Tells whether an item is asked. */
  public boolean asks(String itemId) {
    return swaps.isEmpty() || swaps.containsKey(itemId);
  }

  /** Returns the passages that an item is shown, as they are shown, the best first. */
  public List<Passage> passages(String itemId) {
    return shown.getOrDefault(itemId, List.of()).stream()
        .map(passages::get)
        .map(passage -> shown(itemId, passage))
        .toList();
  }

  private Passage shown(String itemId, Passage passage) {
    Swap swap = swaps.get(itemId);
    return swap == null ? passage : new Passage(passage.source(), swap.in(passage.text()));
  }

  /**
   * Returns an item as it is asked.
   *
   * @param plain the suite's own item
   */
  public Item item(Item plain) {
    Swap swap = swaps.get(plain.id());
    Item asked = swap == null ? plain : Answers.swapped(plain, swap).orElse(plain);
    return new PromptedItem(asked, given(), before(plain.id()));
  }

  private Conversation given() {
    return new Conversation(system, turns);
  }

  private String before(String itemId) {
    List<Passage> found = passages(itemId);
    if (found.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("Answer with the help of these passages.\n\n");
    for (int i = 0; i < found.size(); i++) {
      text.append('[').append(i + 1).append("] ").append(found.get(i).text()).append("\n\n");
    }
    return text.toString();
  }
}
