package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.Presentation;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.suite.Item;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs items of one suite on one arm: encodes, looks up what was computed before, and computes the
 * rest. {@link Grader} says what the results are worth.
 *
 * <p>A batch that fails is halved until the items at fault are alone; those get no result, with the
 * reason, and the others theirs.
 */
final class ItemBatch {
  private static final Logger log = LoggerFactory.getLogger(ItemBatch.class);
  private static final int ATTEMPTS = 3;
  private static final int ATTEMPTS_ALONE = 2;

  private final ModelHost host;
  private final AuditStore store;
  private final ArmContext arm;
  private final String answerPrefix;

  ItemBatch(ModelHost host, AuditStore store, ArmContext arm, String answerPrefix) {
    this.host = host;
    this.store = store;
    this.arm = arm;
    this.answerPrefix = answerPrefix;
  }

  /**
   * Runs the items; either all of them are generated or none is.
   *
   * @return one result per item, in order
   */
  List<ItemResult> run(List<Item> items) {
    return run(items, ATTEMPTS);
  }

  private List<ItemResult> run(List<Item> items, int attempts) {
    try {
      return host.call(attempts, model -> attempt(model, items));
    } catch (DecoderException e) {
      log.debug("{} items could not be run together: {}", items.size(), e.getMessage());
      return items.size() == 1
          ? List.of(new ItemResult.None(items.get(0), "", Outcome.State.ERROR, e.getMessage()))
          : runHalves(items);
    }
  }

  private List<ItemResult> runHalves(List<Item> items) {
    int half = items.size() / 2;
    return Stream.of(items.subList(0, half), items.subList(half, items.size()))
        .flatMap(part -> run(part, part.size() == 1 ? ATTEMPTS_ALONE : 1).stream())
        .toList();
  }

  private List<ItemResult> attempt(ModelRunner model, List<Item> items) {
    ContentKey keys = keys(model);
    List<Prepared> prepared = encode(model, keys, items);
    List<ItemResult> results = results(model, prepared);
    return withThinking(model, keys, prepared, results);
  }

  /** Returns items as this arm is asked them, in tokens. */
  List<Prepared> prepared(ModelRunner model, List<Item> items) {
    return encode(model, keys(model), items);
  }

  private ContentKey keys(ModelRunner model) {
    return ContentKey.of(arm.arm(), model.description(), arm.dtype());
  }

  /** Looks up what was computed before and computes the rest. */
  private List<ItemResult> results(ModelRunner model, List<Prepared> prepared) {
    Map<String, RawResult> cached =
        store.raw(prepared.stream().filter(Prepared::isRunnable).map(Prepared::key).toList());
    List<Prepared> missing =
        prepared.stream().filter(p -> p.isRunnable() && !cached.containsKey(p.key())).toList();
    Iterator<RawResult> computed = compute(model, missing).iterator();
    return prepared.stream()
        .map(p -> result(p, Optional.ofNullable(cached.get(p.key())), computed))
        .toList();
  }

  /**
   * Asks again, with room to think, where a model thought whose files name no marks of thinking.
   * Models that do not think are never asked otherwise than before, and keep their results.
   */
  private List<ItemResult> withThinking(
      ModelRunner model, ContentKey keys, List<Prepared> prepared, List<ItemResult> results) {
    List<Integer> cut =
        IntStream.range(0, results.size())
            .filter(i -> needsRoom(prepared.get(i), results.get(i)))
            .boxed()
            .toList();
    if (cut.isEmpty()) {
      return results;
    }
    List<Prepared> again =
        cut.stream().map(i -> prepared.get(i).thinking(arm.thinkingTokens(), keys)).toList();
    Iterator<ItemResult> found = results(model, again).iterator();
    List<ItemResult> all = new ArrayList<>(results);
    cut.forEach(i -> all.set(i, found.next()));
    return all;
  }

  private boolean needsRoom(Prepared prepared, ItemResult result) {
    return arm.thinkingTokens() > 0
        && prepared.options().filter(options -> options.thinkingTokens() == 0).isPresent()
        && result instanceof ItemResult.Raw raw
        && raw.raw() instanceof RawResult.Text text
        && text.isCutAfterThinkingBegan();
  }

  private List<Prepared> encode(ModelRunner model, ContentKey keys, List<Item> items) {
    boolean chat = model.description().format(arm.adapter()).hasChatTemplate();
    boolean thinks = model.description().notes(arm.adapter()).thinking();
    Presentation presentation = new Presentation(answerPrefix, chat, arm.arm().templateArguments());
    List<List<EncodeRequest>> requests = items.stream().map(presentation::prompts).toList();
    Iterator<Encoded> encoded =
        model.encode(arm.adapter(), requests.stream().flatMap(List::stream).toList()).iterator();
    int maxLength = model.description().maxLength();
    List<Prepared> prepared = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      List<Encoded> prompts = take(encoded, requests.get(i).size());
      Optional<GenerateOptions> options =
          presentation
              .generation(items.get(i))
              .map(usual -> thinks ? usual.withThinking(arm.thinkingTokens()) : usual);
      prepared.add(
          new Prepared(items.get(i), prompts, options, keys.of(prompts, options), maxLength));
    }
    return prepared;
  }

  private List<RawResult> compute(ModelRunner model, List<Prepared> missing) {
    if (missing.isEmpty()) {
      return List.of();
    }
    return missing.get(0).options().isPresent() ? generate(model, missing) : score(model, missing);
  }

  private List<RawResult> generate(ModelRunner model, List<Prepared> missing) {
    List<GenerateRequest> requests =
        missing.stream()
            .map(
                p ->
                    new GenerateRequest(p.prompts().get(0).contextIds(), p.options().orElseThrow()))
            .toList();
    return model.generate(arm.adapter(), requests).stream()
        .<RawResult>map(RawResult.Text::new)
        .toList();
  }

  private List<RawResult> score(ModelRunner model, List<Prepared> missing) {
    List<ScoreRequest> requests =
        missing.stream().flatMap(p -> p.prompts().stream()).map(ScoreRequest::of).toList();
    Iterator<List<ContinuationScore>> scores = model.score(arm.adapter(), requests).iterator();
    return missing.stream()
        .<RawResult>map(p -> new RawResult.Scores(take(scores, p.prompts().size())))
        .toList();
  }

  private static ItemResult result(
      Prepared prepared, Optional<RawResult> cached, Iterator<RawResult> computed) {
    if (!prepared.isRunnable()) {
      Prepared.Obstacle obstacle = prepared.obstacle().orElseThrow();
      return new ItemResult.None(
          prepared.item(), prepared.rendered(), obstacle.state(), obstacle.sentence());
    }
    return new ItemResult.Raw(
        prepared.item(),
        prepared.rendered(),
        prepared.key(),
        cached.orElseGet(computed::next),
        cached.isEmpty());
  }

  private static <T> List<T> take(Iterator<T> all, int count) {
    List<T> next = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      next.add(all.next());
    }
    return next;
  }
}
