package dev.palimpsest.decoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.decoder.family.Families;
import dev.palimpsest.decoder.family.WeightName;
import dev.palimpsest.decoder.family.WeightPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelSourceTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/dev/palimpsest/decoder/kernel").toAbsolutePath();
  private static final Pattern CLASS =
      Pattern.compile("(?m)^class (\\w+)(?:\\(NamedTuple\\))?:\\n((?:(?: {4}.*)?\\n)+)");
  private static final Pattern FIELD = Pattern.compile("(?m)^ {4}(\\w+): ([\\w\\[\\]]+)");

  @Test
  void theTensorsOfModelAndLayerHaveTheSameNamesInJavaAndPython() throws IOException {
    Set<String> java =
        Arrays.stream(WeightPart.values())
            .map(part -> WeightName.of(part, 0).path())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(weightsOf("Model", "")).isEqualTo(java);
  }

  @Test
  void whatAnAdapterAddsHasAPlaceAtEachLinearLayerAndTheEmbedding() throws IOException {
    assertThat(fields("weights", "Linear")).containsKey("lora");
    assertThat(fields("weights", "Model")).containsKey("embedding_lora");
    assertThat(fields("weights", "Lora")).containsOnlyKeys("down", "up", "scale");
    assertThat(WeightName.of(WeightPart.MLP_UP, 3).loraPath()).isEqualTo("layers.3.mlp.up.lora");
    assertThat(WeightName.EMBEDDING.loraPath()).isEqualTo("embedding_lora");
  }

  @Test
  void theSettingsOfAFamilyAreThoseOfPython() throws IOException {
    String config = Files.readString(Path.of("src/test/resources/golden/llama/config.json"));
    ModelConfig llama = new ModelConfig("config.json", (ObjectNode) Json.mapper().readTree(config));
    Set<String> java = new TreeSet<>(Families.describe(llama).attributes().keySet());
    java.addAll(Set.of("stored", "compute", "by_onednn")); // of the machine

    assertThat(new TreeSet<>(fields("settings", "Settings").keySet())).isEqualTo(java);
  }

  @Test
  void thePlaceOfAPromptIsToldInTheOrderOfPythonsFields() throws IOException {
    List<String> java =
        Arrays.stream(TokenRow.Prompt.class.getRecordComponents())
            .map(
                component ->
                    component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
            .toList();

    assertThat(fields("rows", "Prompt").keySet()).containsExactlyElementsOf(java);
  }

  @Test
  void everyFileOfTheFolderIsPacked() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              KernelSource.FILES.stream().map(file -> file + ".py").toList());
    }
  }

  @Test
  void whatAFileImportsOrDefinesIsWrittenOutInFull() {
    String text =
        """
        import torch
        from linear import project
        from torch import Tensor

        class Norm(NamedTuple):
            weight: Tensor

        def norm(x: Tensor, norms: Norm) -> Tensor:
            return project(x.to(torch.float32), norms.norm, "norm")
        """;

    assertThat(KernelSource.linked("norms", text))
        .isEqualTo(
            """




            class Norm(NamedTuple):
                weight: Tensor

            def norm(x: Tensor, norms: __torch__.norms.Norm) -> Tensor:
                return __torch__.linear.project(x.to(6), norms.norm, "norm")
            """);
  }

  /** Weights, by the fields that lead to them; those of all experts are one. */
  private static Set<String> weightsOf(String type, String path) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Map.Entry<String, String> field : fields("weights", type).entrySet()) {
      String name = path + field.getKey();
      switch (field.getValue()) {
        case "Tensor", "Optional[Tensor]" -> found.add(name);
        case "Linear", "Optional[Linear]", "Norm", "Optional[Norm]" -> found.add(name + ".weight");
        case "List[Layer]" -> found.addAll(weightsOf("Layer", name + ".0."));
        case "List[Expert]" -> found.addAll(weightsOf("Expert", name + "."));
        case "Optional[FeedForward]", "Optional[Mixture]", "Optional[SharedExpert]" ->
            found.addAll(weightsOf(inner(field.getValue()), name + "."));
        case "int", "float", "Settings", "Optional[Lora]" -> {
          // no weight
        }
        case "List[Tensor]" -> assertThat(name).isEqualTo("ropes");
        default -> throw new AssertionError("unknown type of " + name);
      }
    }
    // Java loads gate and inner layer as one; the kernel cuts the gate off.
    found.remove("layers.0.mlp.gate.weight");
    return found;
  }

  private static String inner(String optional) {
    return optional.substring("Optional[".length(), optional.length() - 1);
  }

  private static Map<String, String> fields(String file, String type) throws IOException {
    Matcher classes = CLASS.matcher(KernelSource.read(file));
    while (classes.find()) {
      if (classes.group(1).equals(type)) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher each = FIELD.matcher(classes.group(2));
        while (each.find()) {
          fields.put(each.group(1), each.group(2));
        }
        return fields;
      }
    }
    throw new AssertionError("no class " + type + " in " + file + ".py");
  }
}
