package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.jinja.Template;
import dev.palimpsest.jinja.TemplateException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code palimpsest render}: what a chat template makes of its variables. */
@Command(
    name = "render",
    description = {
      "Renders chat templates, for finding out what they do.",
      "A request is {\"id\", \"template\", \"context\"} with all variables in the context; an answer"
          + " is {\"id\", \"rendered\"} or {\"id\", \"error\"}."
    },
    mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {
  private static final Set<String> FIELDS = Set.of("id", "template", "context");

  @Mixin private RequestFiles files;
  @Mixin private TemplateClock clock;

  @Override
  public Integer call() {
    List<JsonLine> lines = Requests.read(files.requests());
    lines.forEach(RenderCommand::check);
    Clock now = clock.get();
    try (JsonLinesWriter out = JsonLinesWriter.open(files.out())) {
      for (JsonLine line : lines) {
        out.write(answer(line, now));
      }
      out.commit();
    }
    return ExitCode.PASS;
  }

  private static void check(JsonLine line) {
    line.id();
    line.allowOnly(FIELDS);
    line.text("template");
    context(line);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> context(JsonLine line) {
    JsonNode context = line.object().path("context");
    if (context.isMissingNode() || context.isNull()) {
      return Map.of();
    }
    if (!context.isObject()) {
      throw line.wrong("context", "an object of variables");
    }
    return Json.mapper().convertValue(context, Map.class);
  }

  private static Map<String, ?> answer(JsonLine line, Clock now) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", line.id());
    try {
      Template template = Template.parse(line.text("template"));
      answer.put("rendered", template.render(context(line), LocalDateTime.now(now)));
    } catch (TemplateException e) {
      answer.put("error", e.getMessage());
    }
    return answer;
  }
}
