package dev.palimpsest.web;

import dev.palimpsest.web.guard.FormTokens;
import dev.palimpsest.web.guard.SecurityHeaders;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.FileTemplateResolver;

/** Renders the pages in {@code templates/}: from the source tree if started there, else the jar. */
final class Views implements AutoCloseable {
  private final TemplateEngine engine = new TemplateEngine();
  private final FormTokens tokens;
  private final Assets assets;
  private final Show show = new Show();
  private final KeptPages kept = new KeptPages();
  private final ToIntFunction<Visitor> queue;

  Views(FormTokens tokens, Assets assets) {
    this(tokens, assets, visitor -> 0);
  }

  /**
   * Shows pages.
   *
   * @param queue tells how much waits for the decision of a visitor
   */
  Views(FormTokens tokens, Assets assets, ToIntFunction<Visitor> queue) {
    this.queue = queue;
    this.tokens = tokens;
    this.assets = assets;
    engine.setTemplateResolver(resolver());
    engine.setLinkBuilder(new RootLinks());
  }

  /** Answers with a page. */
  void page(Context ctx, String template, Map<String, Object> model) {
    ctx.contentType("text/html; charset=utf-8");
    ctx.result(render(ctx, template, model));
  }

  /**
   * Answers with a page that others may have asked for just now.
   *
   * @param address what tells the page from others of the template
   * @param model made of nothing but the address and what the stamp is of
   */
  void kept(
      Context ctx,
      String template,
      String address,
      Stamps.Stamp stamp,
      Supplier<Map<String, Object>> model) {
    VisitorView visitor = VisitorView.of(Visitor.of(ctx), queue);
    byte[] page =
        kept.page(
            template + "\n" + address + "\n" + visitor,
            stamp.of(),
            stamp.fresh(),
            (nonce, token) -> render(template, model.get(), nonce, token, visitor),
            SecurityHeaders.nonce(ctx),
            () -> tokens.token(ctx));
    ctx.contentType("text/html; charset=utf-8");
    ctx.result(page);
  }

  /** Returns a page. */
  String render(Context ctx, String template, Map<String, Object> model) {
    return render(
        template,
        model,
        SecurityHeaders.nonce(ctx),
        tokens.token(ctx),
        VisitorView.of(Visitor.of(ctx), queue));
  }

  /** Makes a page that nobody sees. */
  void rehearse(String template, Map<String, Object> model) {
    render(template, model, "", "", VisitorView.of(new Visitor.Nobody(), visitor -> 0));
  }

  private String render(
      String template, Map<String, Object> model, String nonce, String token, VisitorView visitor) {
    var context = new org.thymeleaf.context.Context(Locale.ENGLISH, model);
    context.setVariable("show", show);
    context.setVariable("assets", assets);
    context.setVariable("nonce", nonce);
    context.setVariable("token", token);
    context.setVariable("visitor", visitor);
    context.setVariable("terms", new Terms());
    return engine.process(template, context);
  }

  /** Returns one fragment of a template, for answers that replace a part of a page. */
  String fragment(String template, String fragment, Map<String, Object> model) {
    var context = new org.thymeleaf.context.Context(Locale.ENGLISH, model);
    context.setVariable("show", show);
    context.setVariable("terms", new Terms());
    return engine.process(template, Set.of(fragment), context);
  }

  @Override
  public void close() {
    kept.close();
  }

  private static AbstractConfigurableTemplateResolver resolver() {
    AbstractConfigurableTemplateResolver resolver;
    Optional<Path> sources = sources();
    if (sources.isPresent()) {
      resolver = new FileTemplateResolver();
      resolver.setPrefix(sources.get() + "/");
      resolver.setCacheable(false);
    } else {
      resolver = new ClassLoaderTemplateResolver();
      resolver.setPrefix("templates/");
    }
    resolver.setSuffix(".html");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    return resolver;
  }

  /** Returns the folder of the launcher's source tree; that of the caller may be anything. */
  private static Optional<Path> sources() {
    return Optional.ofNullable(System.getProperty("palimpsest.home"))
        .map(home -> Path.of(home).toAbsolutePath().resolve("templates"))
        .filter(Files::isDirectory);
  }

  /** The app is at the root of its address, so links need no servlet context. */
  private static final class RootLinks extends StandardLinkBuilder {
    @Override
    protected String computeContextPath(
        IExpressionContext context, String base, Map<String, Object> parameters) {
      return "";
    }

    @Override
    protected String processLink(IExpressionContext context, String link) {
      return link;
    }
  }
}
