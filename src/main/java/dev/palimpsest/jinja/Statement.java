package dev.palimpsest.jinja;

import java.util.List;

/** A part of a template that writes output or binds names. */
sealed interface Statement {
  /** What follows a statement. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow execute(Frame frame);

  /** The start of a body: names that it sets later are undefined until then. */
  record Begin(Scope scope) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      scope.unset().forEach(name -> frame.set(name, Undefined.name(name)));
      return Flow.NEXT;
    }
  }

  /** Text outside of tags. */
  record Data(String text) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      frame.output().write(text);
      return Flow.NEXT;
    }
  }

  /** {@code {{ value }}}. */
  record Print(Expression value) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      frame.output().write(frame.print(value.evaluate(frame)));
      return Flow.NEXT;
    }
  }

  /** One {@code if} or {@code elif} with its body. */
  record Branch(Expression test, List<Statement> body) {}

  /** {@code if … elif … else}; names that a body sets stay visible after it. */
  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      for (Branch branch : branches) {
        if (Python.isTrue(branch.test().evaluate(frame))) {
          return frame.run(branch.body());
        }
      }
      return frame.run(otherwise);
    }
  }

  /** {@code for}, with its filter and {@code else}; see {@link Loop} for what a body sees. */
  record For(
      Target target,
      Expression source,
      Expression filter,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {
    @Override
    public Flow execute(Frame frame) {
      return new Loop(this, frame, source.evaluate(frame), 0).run();
    }
  }

  /** {@code set name = value}. */
  record Assign(Target target, Expression value) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      target.assign(frame, value.evaluate(frame));
      return Flow.NEXT;
    }
  }

  /** {@code set name … endset}: the body's output, filtered, becomes the value. */
  record AssignBlock(Target target, FilterChain filters, List<Statement> body)
      implements Statement {
    @Override
    public Flow execute(Frame frame) {
      target.assign(frame, filters.apply(frame, frame.capture(body)));
      return Flow.NEXT;
    }
  }

  /** {@code macro}. */
  record DefineMacro(Macro.Definition definition) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      frame.set(definition.name(), new Macro(definition, frame));
      return Flow.NEXT;
    }
  }

  /** {@code call}: calls a macro that can in turn call the body as {@code caller}. */
  record CallBlock(Expression.Call call, Macro.Definition body) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      frame.output().write(frame.print(call.evaluateWith(frame, new Macro(body, frame))));
      return Flow.NEXT;
    }
  }

  /** {@code filter … endfilter}. */
  record FilterBlock(FilterChain filters, List<Statement> body) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      Object filtered = filters.apply(frame, frame.capture(body));
      frame.output().write(Types.toText(filtered, "what a filter block writes"));
      return Flow.NEXT;
    }
  }

  /** {@code with}: names for the body alone. */
  record With(List<Target> targets, List<Expression> values, List<Statement> body)
      implements Statement {
    @Override
    public Flow execute(Frame frame) {
      Frame inner = frame.inner();
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(inner, values.get(i).evaluate(frame));
      }
      return inner.run(body);
    }
  }

  /** {@code block}: sees the names of the template's top level, or all with {@code scoped}. */
  record Block(boolean scoped, List<Statement> body) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      return (scoped ? frame.inner() : frame.innerOfTop()).run(body);
    }
  }

  /** {@code generation}: what transformers marks as the assistant's text. */
  record Generation(Macro.Definition body) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      frame.output().write(frame.print(new Macro(body, frame).call(Arguments.NONE)));
      return Flow.NEXT;
    }
  }

  /** {@code break} and {@code continue}. */
  record Jump(Flow flow) implements Statement {
    @Override
    public Flow execute(Frame frame) {
      return flow;
    }
  }
}
