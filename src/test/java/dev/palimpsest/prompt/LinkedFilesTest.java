package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.inference.ChatMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links of tokenizer and template are followed where those of weights are, and nowhere else. */
final class LinkedFilesTest {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");
  private static final String TEMPLATE = "{{ messages[0]['content'] }}!";

  @TempDir private Path folder;
  private Path model;
  private Path outside;

  @BeforeEach
  void copy() throws IOException {
    folder = folder.toRealPath();
    model = Files.createDirectories(folder.resolve("model"));
    outside = Files.createDirectories(folder.resolve("outside"));
    for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(LLAMA.resolve(name), model.resolve(name));
    }
    Files.writeString(model.resolve("chat_template.jinja"), TEMPLATE);
    Files.writeString(model.resolve("special_tokens_map.json"), "{}");
    Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": 7}");
  }

  private void read() {
    assertThat(ChatTemplate.of(model)).isPresent();
    new HuggingFaceFolder(model).definition();
  }

  private void link(String name, Path target) throws IOException {
    Files.move(model.resolve(name), target);
    Files.createSymbolicLink(
        model.resolve(name), model.resolve(name).getParent().relativize(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "chat_template.jinja",
        "special_tokens_map.json",
        "generation_config.json"
      })
  void aLinkOutOfTheCheckpointIsRefused(String name) throws IOException {
    link(name, outside.resolve("file"));
    assertThatThrownBy(this::read)
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            name
                + ": is a symbolic link that leads out of model, which is not followed; put the"
                + " file itself there (cp -L)");
    assertThat(Tokenizer.isIn(model)).isTrue();
  }

  @Test
  void aLinkToNothingIsRefusedAndNotPassedOver() throws IOException {
    link("chat_template.jinja", outside.resolve("file"));
    Files.delete(outside.resolve("file"));
    assertThatThrownBy(this::read)
        .hasMessageStartingWith(
            "chat_template.jinja: is a symbolic link to a file that is not there");
  }

  @Test
  void aLinkInsideTheCheckpointIsTheFile() throws IOException {
    link("chat_template.jinja", model.resolve("shared.txt"));
    link("tokenizer.json", model.resolve("vocabulary"));
    read();
    assertThat(
            ChatTemplate.of(model)
                .orElseThrow()
                .render(List.of(new ChatMessage("user", "Hi")), false))
        .isEqualTo("Hi!");
  }

  @Test
  void inTheCacheLinksLeadIntoTheBlobs() throws IOException {
    Path repository = folder.resolve("models--org--tiny");
    Path blobs = Files.createDirectories(repository.resolve("blobs"));
    Path snapshot = Files.createDirectories(repository.resolve("snapshots")).resolve("0123");
    Files.move(model, snapshot);
    model = snapshot;
    Path templates = Files.createDirectories(model.resolve("additional_chat_templates"));
    Files.writeString(templates.resolve("rag.jinja"), "rag");
    link("tokenizer.json", blobs.resolve("1"));
    link("chat_template.jinja", blobs.resolve("2"));
    link("additional_chat_templates/rag.jinja", blobs.resolve("3"));
    read();
    assertThat(new HuggingFaceFolder(model).additionalTemplates()).isEqualTo(Map.of("rag", "rag"));
  }

  @Test
  void templatesInAFolderThatIsALinkAreRefused() throws IOException {
    Files.writeString(outside.resolve("rag.jinja"), "rag");
    Files.createSymbolicLink(model.resolve("additional_chat_templates"), outside);
    assertThatThrownBy(this::read)
        .hasMessage(
            "additional_chat_templates: is a symbolic link to a folder, which is not followed; put"
                + " the folder there");
  }
}
