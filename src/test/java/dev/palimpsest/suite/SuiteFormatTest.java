package dev.palimpsest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.check.CheckRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schema, registry and documentation say the same; a jar reads like a folder. */
final class SuiteFormatTest {
  @Test
  void the_schema_knows_every_check_and_no_other() throws IOException {
    try (InputStream stream = getClass().getResourceAsStream("item-1.schema.json")) {
      JsonNode names = Json.mapper().readTree(stream).at("/$defs/check/properties/check/enum");
      List<String> known = new ArrayList<>();
      names.forEach(name -> known.add(name.textValue()));

      assertThat(known).containsExactlyElementsOf(CheckRegistry.names());
    }
  }

  @Test
  void the_documentation_shows_every_check() throws IOException {
    String page = Files.readString(Path.of("docs/SUITES.md"));

    for (String name : CheckRegistry.names()) {
      assertThat(page).contains("`" + name + "`");
    }
  }

  @Test
  void every_example_in_the_documentation_is_valid() throws IOException {
    List<String> examples =
        Files.readString(Path.of("docs/SUITES.md"))
            .lines()
            .filter(line -> line.startsWith("{\"id\":"))
            .toList();

    assertThat(examples).hasSize(7);
    for (String example : examples) {
      JsonNode node = Json.mapper().readTree(example);
      JsonShape.ITEM.check(node);
      assertThat(ItemJson.write(ItemJson.read((ObjectNode) node, MarginForm.TEXTS)))
          .isEqualTo(node);
    }
  }

  @Test
  void a_jar_reads_like_a_folder(@TempDir Path folder) throws IOException {
    URI jar = URI.create("jar:" + folder.resolve("suites.jar").toUri());
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Path sea = Files.createDirectories(files.getPath("/probes/sea"));
      Files.writeString(sea.resolve("suite.json"), SuiteFiles.SUITE);
      Files.writeString(
          sea.resolve("items.jsonl"), SuiteFiles.choice("s-1", "[\"salt\",\"sugar\"]", "0"));

      assertThat(SuiteLibrary.of(files.getPath("/probes")).suite("sea").items()).hasSize(1);
    }
  }
}
