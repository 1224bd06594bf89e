package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.TemplateArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What chat templates are given beside the messages: for all requests, and by one of its own. */
final class TemplateArguments {
  /** The fields of a request that go to the template. */
  static final String TOOLS = "tools";

  static final String KWARGS = "template_kwargs";

  @Option(
      names = "--template-arg",
      paramLabel = "NAME=VALUE",
      converter = Converter.class,
      description =
          "Gives the chat template a variable, such as enable_thinking=false or reasoning_effort=low;"
              + " the value is JSON where it is that, else text. May be given several times; a"
              + " request's own \"template_kwargs\" go before it.")
  private List<TemplateArgument> arguments = new ArrayList<>();

  private static final class Converter implements ITypeConverter<TemplateArgument> {
    @Override
    public TemplateArgument convert(String text) {
      try {
        return TemplateArgument.parse(text);
      } catch (DecoderException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /**
   * Returns the arguments of a request.
   *
   * @throws RequestsException if "tools" is no list or "template_kwargs" no object
   */
  Map<String, Object> of(JsonLine line) {
    Map<String, Object> all = new LinkedHashMap<>(TemplateArgument.byName(arguments));
    if (line.has(TOOLS)) {
      if (!line.object().get(TOOLS).isArray()) {
        throw line.wrong(TOOLS, "a list of tools");
      }
      all.put(TOOLS, plain(line.object().get(TOOLS)));
    }
    if (line.has(KWARGS)) {
      addKwargs(line, all);
    }
    return all;
  }

  private static void addKwargs(JsonLine line, Map<String, Object> all) {
    JsonNode given = line.object().get(KWARGS);
    if (!given.isObject()) {
      throw line.wrong(KWARGS, "an object of the chat template's variables");
    }
    given.properties().forEach(entry -> all.put(entry.getKey(), plain(entry.getValue())));
    try {
      TemplateArgument.copy(all);
    } catch (DecoderException e) {
      throw line.fail(KWARGS, "is refused: " + e.getMessage().replaceFirst("\\.$", ""));
    }
  }

  private static Object plain(JsonNode value) {
    return Json.mapper().convertValue(value, Object.class);
  }
}
