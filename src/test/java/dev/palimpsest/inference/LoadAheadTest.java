package dev.palimpsest.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoadAheadTest {
  private static final ModelSpec BASE = spec("base");
  private static final ModelSpec OTHER = spec("other");

  /** What the loader beneath was told, in order: "load base", "close base". */
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Test
  void whatWasExpectedIsLoadedOnce() {
    try (LoadAhead ahead = new LoadAhead(this::load)) {
      ahead.expect(BASE);

      ahead.load(BASE).close();
    }

    assertThat(events).containsExactly("load base", "close base");
  }

  @Test
  void whatIsAskedForAgainIsLoadedAgain() {
    try (LoadAhead ahead = new LoadAhead(this::load)) {
      ahead.expect(BASE);
      ahead.load(BASE).close();

      ahead.load(BASE).close();
    }

    assertThat(events).containsExactly("load base", "close base", "load base", "close base");
  }

  @Test
  void anotherModelIsLoadedOnceTheExpectedOneHasLeftTheMemory() {
    try (LoadAhead ahead = new LoadAhead(this::load)) {
      ahead.expect(BASE);

      ahead.load(OTHER).close();
    }

    assertThat(events).containsExactly("load base", "close base", "load other", "close other");
  }

  @Test
  void whatNobodyAskedForIsClosed() throws InterruptedException {
    try (LoadAhead ahead = new LoadAhead(this::load)) {
      ahead.expect(BASE);
    }

    while (!events.contains("close base")) {
      Thread.sleep(10);
    }
  }

  @Test
  void aFailureIsToldToWhoeverAsksForTheModel() {
    DecoderException broken = new DecoderException("The weights are cut off.");
    try (LoadAhead ahead =
        new LoadAhead(
            spec -> {
              throw broken;
            })) {
      ahead.expect(BASE);

      assertThatThrownBy(() -> ahead.load(BASE)).isSameAs(broken);
    }
  }

  private ModelRunner load(ModelSpec spec) {
    String name = spec.checkpoint().toString();
    events.add("load " + name);
    return (ModelRunner)
        Proxy.newProxyInstance(
            ModelRunner.class.getClassLoader(),
            new Class<?>[] {ModelRunner.class},
            (proxy, method, arguments) -> {
              events.add(method.getName() + " " + name);
              return null;
            });
  }

  private static ModelSpec spec(String name) {
    return new ModelSpec(Path.of(name), DType.FLOAT32, Map.of());
  }
}
