package dev.palimpsest.jinja;

import java.util.List;
import java.util.Map;

/** What a template sees as {@code self}: its blocks, which can be called to write them again. */
record TemplateReference(Map<String, List<Statement>> blocks, Frame top) implements Instance {
  @Override
  public Object attribute(String name) {
    List<Statement> block = blocks.get(name);
    return block == null ? ABSENT : (Callable) arguments -> text(name, block, arguments);
  }

  private String text(String name, List<Statement> block, Arguments arguments) {
    arguments.bindPositional(name);
    return top.capture(block);
  }

  @Override
  public String typeName() {
    return "TemplateReference";
  }

  @Override
  public String printed() {
    return "<TemplateReference None>";
  }
}
