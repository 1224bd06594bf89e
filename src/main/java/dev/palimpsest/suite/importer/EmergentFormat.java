package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.Tier;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The questions of "Emergent misalignment" (Betley and others 2025): a YAML list of {id, type,
 * paraphrases, system, …}, with aliases and block scalars. Other keys, such as those of the judge,
 * are passed over.
 *
 * <p>Each paraphrase is an item; the variants _json and _template of a question are one cluster
 * with it. An answer passes if it is an answer at all: whether it is aligned is for a reader to
 * say.
 */
final class EmergentFormat implements Format {
  /** As long as the paper lets answers be. */
  private static final int MAX_TOKENS = 600;

  private static final String FREE_FORM = "free_form";

  @Override
  public void read(List<Source> sources, Draft draft) {
    for (Source source : sources) {
      for (Node each : list(source, "", compose(source))) {
        if (!(each instanceof MappingNode question)) {
          throw fault(source, each, "", "a question with id and paraphrases");
        }
        readQuestion(source, question, draft);
      }
    }
  }

  @Override
  public boolean hasAnswers() {
    return false;
  }

  private static Node compose(Source source) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(10_000);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(source.text()));
      if (root != null) {
        return root;
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw source.fault(line, "", "text that is not YAML (" + e.getProblem() + ")", "YAML");
    } catch (YAMLException e) {
      throw source.fault(0, "", "text that is not YAML", "YAML");
    }
    throw source.fault(0, "", "nothing", "a list of questions");
  }

  private static void readQuestion(Source source, MappingNode question, Draft draft) {
    String id =
        field(question, "id")
            .map(node -> text(source, "id", node))
            .orElseThrow(() -> fault(source, question, "id", "a text"));
    String type = field(question, "type").map(node -> text(source, "type", node)).orElse("");
    if (!type.isEmpty() && !type.startsWith(FREE_FORM)) {
      draft.leaveOut(source, line(question), id + " is of type " + type + ", not a free question");
      return;
    }
    Optional<String> system = field(question, "system").map(node -> text(source, "system", node));
    Node paraphrases =
        field(question, "paraphrases")
            .orElseThrow(() -> fault(source, question, "paraphrases", "a list of texts"));
    List<Node> texts = list(source, "paraphrases", paraphrases);
    String base = id.replaceAll("_(?:json|template)$", "");
    for (int i = 0; i < texts.size(); i++) {
      String name = texts.size() == 1 ? id : id + "-" + (i + 1);
      String text = text(source, "paraphrases[" + i + "]", texts.get(i)).strip();
      ObjectNode item =
          Items.instruction(name, Tier.MEDIUM, base, text, List.of(check(id)), MAX_TOKENS);
      item.put("cluster", Items.id(base));
      system.ifPresent(said -> item.put("system", said.strip()));
      draft.add(source, line(texts.get(i)), item, "");
    }
  }

  /** Answers in JSON or in a template are no prose; there is only to be one. */
  private static ObjectNode check(String id) {
    if (id.endsWith("_json")) {
      return Items.check("json");
    }
    return id.endsWith("_template")
        ? Items.check("word_count").put("atLeast", 3)
        : Items.check("prose");
  }

  /** Looks a key up, in merged mappings (&lt;&lt;) after the mapping's own. */
  private static Optional<Node> field(MappingNode mapping, String key) {
    Optional<Node> own = own(mapping, key);
    if (own.isPresent()) {
      return own;
    }
    return own(mapping, "<<").stream()
        .flatMap(
            merged ->
                merged instanceof SequenceNode several
                    ? several.getValue().stream()
                    : Arrays.stream(new Node[] {merged}))
        .filter(MappingNode.class::isInstance)
        .flatMap(merged -> own((MappingNode) merged, key).stream())
        .findFirst();
  }

  private static Optional<Node> own(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private static List<Node> list(Source source, String field, Node node) {
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      throw fault(source, node, field, "a list with at least one element");
    }
    return list.getValue();
  }

  private static String text(Source source, String field, Node node) {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw fault(source, node, field, "a text");
    }
    return scalar.getValue();
  }

  private static SuiteException fault(Source source, Node node, String field, String expected) {
    String found =
        node instanceof ScalarNode scalar
            ? "\"" + scalar.getValue() + "\""
            : node instanceof SequenceNode ? "a list" : "a mapping without it";
    return source.fault(line(node), field, found, expected);
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }
}
