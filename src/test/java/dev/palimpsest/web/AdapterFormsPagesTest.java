package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters in the forms of llama.cpp and mlx-lm, added in the web app by path and by upload. */
final class AdapterFormsPagesTest {
  private static final Path FORMS = Path.of("src/test/resources/adapter_forms/llama_tied");
  private static final Path BASE = Path.of("src/test/resources/adapters/llama_tied");

  @TempDir private Path folder;
  private Path root;
  private TestApp app;
  private String base;

  @BeforeEach
  void addTheBase() throws Exception {
    root = Files.createDirectories(folder.resolve("models"));
    Path model = Files.createDirectories(root.resolve("base"));
    for (String name : List.of("config.json", "model.safetensors")) {
      Files.copy(BASE.resolve(name), model.resolve(name));
    }
    Files.copy(
        Path.of("src/test/resources/golden/llama/tokenizer.json"), model.resolve("tokenizer.json"));
    app = TestApp.start(folder.resolve("data"), root);
    base = register("base", "base", model, "");
    assertThat(settled(base).path("problem").asText("")).isEmpty();
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private String register(String name, String kind, Path path, String base) {
    HttpResponse<String> answer =
        app.post(
            "/checkpoints/new",
            "/checkpoints/register",
            Map.of("name", name, "kind", kind, "path", path.toString(), "base", base));
    return answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
  }

  private JsonNode settled(String id) throws Exception {
    JsonNode state = Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
    while (state.get("state").textValue().equals("CHECKING")) {
      Thread.sleep(50);
      state = Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
    }
    return state;
  }

  private void assertReady(String id, String format, String note) throws Exception {
    JsonNode state = settled(id);
    assertThat(state.get("state").textValue()).as(state.toString()).isEqualTo("READY");
    assertThat(app.get("/checkpoints/" + id).body()).contains(format).contains(note);
  }

  private String upload(String name, Map<String, Path> files) throws Exception {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("name", name).put("kind", "adapter").put("base", base);
    for (Map.Entry<String, Path> file : files.entrySet()) {
      request
          .withArray("files")
          .addObject()
          .put("path", file.getKey())
          .put("size", Files.size(file.getValue()));
    }
    HttpResponse<String> declared = app.postJson("/api/checkpoints", request.toString());
    assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
    JsonNode answer = Json.mapper().readTree(declared.body());
    for (JsonNode file : answer.get("files")) {
      Path content = files.get(file.get("source").textValue());
      HttpResponse<String> sent =
          app.send(
              HttpRequest.newBuilder(app.uri(file.get("url").textValue()))
                  .header("Tus-Resumable", "1.0.0")
                  .header("Content-Type", "application/offset+octet-stream")
                  .header("Upload-Offset", "0")
                  .method("PATCH", BodyPublishers.ofFile(content)));
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
    }
    String id = answer.get("id").textValue();
    app.postJson("/api/checkpoints/" + id + "/finish", "{}");
    return id;
  }

  @Test
  void aLoraInGgufIsAddedByPath() throws Exception {
    Path file = Files.copy(FORMS.resolve("all_q8_0.gguf"), root.resolve("tuned.gguf"));
    String id = register("tuned", "adapter", file, base);
    assertReady(id, "LoRA adapter, GGUF file", "is read as an adapter of llama.cpp");
    String whole = register("whole", "full", file, base);
    assertThat(settled(whole).get("problem").textValue())
        .isEqualTo("It was added as a whole model and holds an adapter; add it as an adapter.");
  }

  @Test
  void aLoraInGgufIsUploaded() throws Exception {
    String id = upload("tuned", Map.of("tuned.gguf", FORMS.resolve("all_bf16.gguf")));
    assertReady(id, "LoRA adapter, GGUF file", "is read as an adapter of llama.cpp");
  }

  @Test
  void anAdapterOfMlxIsUploaded() throws Exception {
    Path mlx = FORMS.resolve("mlx_dora");
    String id =
        upload(
            "tuned",
            Map.of(
                "run/adapter_config.json", mlx.resolve("adapter_config.json"),
                "run/adapters.safetensors", mlx.resolve("adapters.safetensors")));
    assertReady(id, "LoRA adapter, safetensors", "is read as an adapter of mlx-lm");
  }

  @Test
  void aLoraInGgufForAnotherBaseIsRefused() throws Exception {
    Path other = Path.of("src/test/resources/adapter_forms/qwen2/all_f16.gguf");
    String id = upload("other", Map.of("other.gguf", other));
    assertThat(settled(id).get("state").textValue()).isEqualTo("REJECTED");
    assertThat(settled(id).get("problem").textValue())
        .contains("qwen2")
        .doesNotContain("Exception");
  }
}
