package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.web.TestApp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * The same broken files, once to {@code inspect}, once as a path in the web app and once uploaded:
 * one sentence, the same each time, and nothing left behind.
 */
final class BrokenCheckpointsIT {
  private static final Path FIXTURES = Path.of("src/test/resources/checkpoint");

  @TempDir private Path folder;
  private Path checkpoint;
  private TestApp app;
  private String base;

  @BeforeEach
  void start() throws Exception {
    checkpoint = Files.createDirectories(folder.resolve("models/broken"));
    copy(FIXTURES.resolve("tiny"), folder.resolve("models/base"));
    app = TestApp.start(folder.resolve("data"), folder.resolve("models"));
    base = registered("base", "base", folder.resolve("models/base"), "");
    assertThat(settled(base).get("state").textValue()).isEqualTo("READY");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  /** What is wrong, done to a folder that holds a sound checkpoint or adapter. */
  private enum Fault {
    EMPTY_FOLDER("is an empty folder; put config.json and *.safetensors files there") {
      @Override
      void apply(Path folder) throws IOException {
        empty(folder);
      }
    },
    TEXT_CALLED_SAFETENSORS("model.safetensors: is not a safetensors file but a text file") {
      @Override
      void apply(Path folder) throws IOException {
        Files.writeString(folder.resolve("model.safetensors"), "these are not the weights");
      }
    },
    HALF_A_FILE("model.safetensors: ") {
      @Override
      void apply(Path folder) throws IOException {
        cut(folder.resolve("model.safetensors"));
      }
    },
    UNKNOWN_FAMILY("config.json: ") {
      @Override
      void apply(Path folder) throws IOException {
        edit(folder.resolve("config.json"), "\"llama\"", "\"quux\"");
        edit(folder.resolve("config.json"), "LlamaForCausalLM", "QuuxForCausalLM");
      }
    },
    CONFIG_NOT_JSON("config.json: is not valid JSON") {
      @Override
      void apply(Path folder) throws IOException {
        cut(folder.resolve("config.json"));
      }
    },
    TOKENIZER_MISSING("tokenizer.json: is missing") {
      @Override
      void apply(Path folder) throws IOException {
        Files.delete(folder.resolve("tokenizer.json"));
      }
    },
    TOKENIZER_THAT_COULD_HANG("tokenizer.json: the regular expression") {
      @Override
      void apply(Path folder) throws IOException {
        edit(
            folder.resolve("tokenizer.json"),
            "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,",
            "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(([a-z])+.)+[A-Z]([a-z])+$\"},"
                + "\"behavior\":\"Isolated\",\"invert\":false,");
      }
    },
    TEMPLATE_WITHOUT_END("the chat template runs for too long") {
      @Override
      void apply(Path folder) throws IOException {
        Files.writeString(
            folder.resolve("chat_template.jinja"),
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}");
      }
    },
    PICKLE("pytorch_model.bin: ") {
      @Override
      void apply(Path folder) throws IOException {
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
      }
    },
    ADAPTER_FOR_ANOTHER_BASE("was made for another base") {
      @Override
      void apply(Path folder) throws IOException {
        adapter(folder);
        edit(folder.resolve("adapter_model.safetensors"), "layers.0.", "layers.9.");
      }
    },
    ADAPTER_PICKLE("adapter_model.bin: is a pickle") {
      @Override
      void apply(Path folder) throws IOException {
        adapter(folder);
        Files.move(
            folder.resolve("adapter_model.safetensors"), folder.resolve("adapter_model.bin"));
      }
    };

    private final String sentence;

    Fault(String sentence) {
      this.sentence = sentence;
    }

    abstract void apply(Path folder) throws IOException;

    boolean isAdapter() {
      return name().startsWith("ADAPTER");
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theBrowserSaysWhatTheCommandLineSays(Fault fault) throws Exception {
    copy(FIXTURES.resolve("tiny"), checkpoint);
    fault.apply(checkpoint);
    String said = inspected(fault);
    assertThat(said).contains(fault.sentence).doesNotContain("Exception").hasLineCount(1);
    assertThat(registeredAs(fault)).isEqualTo(said);
    assertThat(uploadedAs(fault)).isEqualTo(said);
    assertThat(app.get("/audits/new").body())
        .as("nothing to choose but the base")
        .doesNotContain("broken");
    try (Stream<Path> left = Files.walk(folder.resolve("data"))) {
      assertThat(left.filter(path -> path.toString().endsWith(".safetensors"))).isEmpty();
    }
  }

  @Test
  void aPathThatWasPutRightIsCheckedAgain() throws Exception {
    copy(FIXTURES.resolve("tiny"), checkpoint);
    String config = Files.readString(checkpoint.resolve("config.json"));
    Files.writeString(checkpoint.resolve("config.json"), "{");
    String id = registered("broken", "base", checkpoint, "");
    assertThat(settled(id).get("state").textValue()).isEqualTo("REJECTED");
    Files.writeString(checkpoint.resolve("config.json"), config);
    String page = "/checkpoints/" + id;
    assertThat(app.get(page).body()).contains("Check again");
    assertThat(app.post(page, page + "/check", Map.of()).statusCode()).isEqualTo(302);
    assertThat(settled(id).get("state").textValue()).isEqualTo("READY");
    assertThat(app.get(page).body()).doesNotContain("is not valid JSON");
  }

  @Test
  void anUploadThatWasRefusedCannotBeCheckedAgain() throws Exception {
    copy(FIXTURES.resolve("tiny"), checkpoint);
    Files.writeString(checkpoint.resolve("config.json"), "{");
    Optional<String> id = upload("broken upload", Fault.CONFIG_NOT_JSON).id;
    String page = "/checkpoints/" + id.orElseThrow();
    assertThat(settled(id.get()).get("state").textValue()).isEqualTo("REJECTED");
    assertThat(app.get(page).body()).doesNotContain("Check again");
    HttpResponse<String> again = app.post(page + "/remove", page + "/check", Map.of());
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("add the checkpoint anew");
  }

  private String inspected(Fault fault) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("inspect", checkpoint.toString()));
    if (fault.isAdapter()) {
      arguments.addAll(List.of("--base", folder.resolve("models/base").toString()));
    }
    int code = commandLine.execute(arguments.toArray(new String[0]));
    assertThat(code).isEqualTo(ExitCode.INTEGRITY);
    Matcher error = Pattern.compile("(?m)^error +(.*)$").matcher(out.toString());
    return error.find() ? error.group(1) : err.toString().strip();
  }

  private String registeredAs(Fault fault) throws Exception {
    String kind = fault.isAdapter() ? "adapter" : "base";
    JsonNode end = settled(registered("a path", kind, checkpoint, fault.isAdapter() ? base : ""));
    assertThat(end.get("state").textValue()).isEqualTo("REJECTED");
    return end.get("problem").textValue();
  }

  /** The folder's name is the checkpoint's here, as a browser offers it. */
  private String uploadedAs(Fault fault) throws Exception {
    Uploaded upload = upload("broken", fault);
    return upload.refusal.isPresent()
        ? upload.refusal.get()
        : settled(upload.id.orElseThrow()).get("problem").textValue();
  }

  private record Uploaded(Optional<String> id, Optional<String> refusal) {}

  private Uploaded upload(String name, Fault fault) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    try (Stream<Path> all = Files.list(checkpoint)) {
      all.sorted().forEach(file -> files.put("broken/" + file.getFileName(), file));
    }
    HttpResponse<String> declared = app.postJson("/api/checkpoints", list(name, fault, files));
    JsonNode answer = Json.mapper().readTree(declared.body());
    if (declared.statusCode() != 201) {
      return new Uploaded(Optional.empty(), Optional.of(answer.get("error").textValue()));
    }
    Optional<String> id = Optional.of(answer.get("id").textValue());
    for (JsonNode file : answer.get("files")) {
      HttpResponse<String> sent =
          send(file.get("url").textValue(), files.get(file.get("source").textValue()));
      if (sent.statusCode() != 204) {
        String why = Json.mapper().readTree(sent.body()).get("error").textValue();
        return new Uploaded(id, Optional.of(why));
      }
    }
    return new Uploaded(id, Optional.empty());
  }

  private String list(String name, Fault fault, Map<String, Path> files) throws IOException {
    var request = Json.mapper().createObjectNode();
    request.put("name", name).put("kind", fault.isAdapter() ? "adapter" : "base");
    if (fault.isAdapter()) {
      request.put("base", base);
    }
    var list = request.putArray("files");
    for (Map.Entry<String, Path> file : files.entrySet()) {
      list.addObject().put("path", file.getKey()).put("size", Files.size(file.getValue()));
    }
    return request.toString();
  }

  private HttpResponse<String> send(String url, Path file) throws IOException {
    return app.send(
        HttpRequest.newBuilder(app.uri(url))
            .header("Tus-Resumable", "1.0.0")
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", "0")
            .method("PATCH", BodyPublishers.ofFile(file)));
  }

  private String registered(String name, String kind, Path path, String baseId) {
    HttpResponse<String> answer =
        app.post(
            "/checkpoints/new",
            "/checkpoints/register",
            Map.of("name", name, "kind", kind, "path", path.toString(), "base", baseId));
    assertThat(answer.statusCode()).isEqualTo(302);
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

  private static void adapter(Path folder) throws IOException {
    empty(folder);
    copy(FIXTURES.resolve("tiny_adapter"), folder);
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void edit(Path file, String from, String to) throws IOException {
    var latin = java.nio.charset.StandardCharsets.ISO_8859_1;
    String text = Files.readString(file, latin);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to), latin);
  }
}
