package dev.palimpsest.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dropped folders are proposed as. */
final class ProposalsTest {
  private static final String DIGEST = "5f".repeat(32);
  private static final RegisteredCheckpoint QWEN =
      registered("q", "Qwen2.5 0.5B Instruct", Kind.BASE, State.READY);
  private static final String ADAPTER =
      "{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \"%s\"}";

  private final List<DroppedFile> dropped = new ArrayList<>();

  private ProposalsTest drop(String path, String text) {
    dropped.add(new DroppedFile(path, 10, Optional.of(text)));
    return this;
  }

  private ProposalsTest drop(String... paths) {
    for (String path : paths) {
      dropped.add(new DroppedFile(path, 10, Optional.empty()));
    }
    return this;
  }

  private Proposals proposed(RegisteredCheckpoint... registered) {
    return Proposals.of(dropped, List.of(registered), id -> List.of());
  }

  private Proposal only(RegisteredCheckpoint... registered) {
    Proposals all = proposed(registered);
    assertThat(all.list()).hasSize(1);
    return all.list().get(0);
  }

  private static RegisteredCheckpoint registered(String id, String name, Kind kind, State state) {
    return new RegisteredCheckpoint(
        id,
        name,
        kind,
        Optional.empty(),
        Origin.PATH,
        Path.of("/models/models--Qwen--Qwen2.5-0.5B-Instruct/snapshots/" + "0a".repeat(20)),
        1,
        Optional.of(DIGEST),
        Optional.empty(),
        state,
        Optional.empty(),
        Instant.EPOCH);
  }

  @Test
  void aModelWithoutAnyHintIsABaseCalledAsItsFolder() {
    Proposal one = drop("SmolLM2-135M/config.json", "SmolLM2-135M/model.safetensors").only();
    assertThat(one.name()).isEqualTo("SmolLM2-135M");
    assertThat(one.kind()).isEqualTo(Kind.BASE);
    assertThat(one.base()).isEmpty();
    assertThat(one.why()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Qwen/Qwen2.5-0.5B-Instruct",
    "/home/ada/models/Qwen2.5-0.5B-Instruct/",
    "C:\\models\\qwen2.5_0.5b_instruct",
    "/cache/models--Qwen--Qwen2.5-0.5B-Instruct/snapshots/0a0a"
  })
  void anAdapterIsOverTheBaseThatItsConfigurationNames(String named) {
    drop("tune/adapter_config.json", ADAPTER.formatted(named.replace("\\", "\\\\")));
    Proposal one = drop("tune/adapter_model.safetensors").only(QWEN);
    assertThat(one.kind()).isEqualTo(Kind.ADAPTER);
    assertThat(one.base()).contains("q");
    assertThat(one.why()).startsWith("adapter_config.json names ");
  }

  @Test
  void aDigestInTheModelCardGoesBeforeEveryName() {
    RegisteredCheckpoint other = registered("o", "other", Kind.BASE, State.READY);
    drop("tune/README.md", "---\nbase_model: other\n---\nOver sha256 `" + DIGEST + "`.");
    assertThat(drop("tune/model.safetensors").only(QWEN, other))
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Kind.FULL);
              assertThat(one.base()).contains("q");
              assertThat(one.why())
                  .isEqualTo("The model card names the digest of Qwen2.5 0.5B Instruct.");
            });
  }

  @Test
  void theFrontMatterOfAModelCardNamesTheBase() {
    drop("tune/README.md", "---\nbase_model:\n- Qwen/Qwen2.5-0.5B-Instruct\n---\n# Tune\n");
    Proposal one = drop("tune/model.safetensors").only(QWEN);
    assertThat(one.kind()).isEqualTo(Kind.FULL);
    assertThat(one.base()).contains("q");
  }

  @Test
  void aBaseThatIsNotHereIsNamedAndNotGuessed() {
    drop("tune/adapter_config.json", ADAPTER.formatted("meta-llama/Llama-3.2-1B"));
    Proposal one = drop("tune/adapter_model.safetensors").only(QWEN);
    assertThat(one.base()).isEmpty();
    assertThat(one.why())
        .isEqualTo(
            "adapter_config.json names meta-llama/Llama-3.2-1B (base_model_name_or_path). No base"
                + " of that name is ready here; choose it, or add it first.");
  }

  @Test
  void nothingOfTheInstallationIsToldToWhoMayNotRead() {
    drop("tune/adapter_config.json", ADAPTER.formatted("Qwen/Qwen2.5-0.5B-Instruct"));
    Proposal one = drop("tune/adapter_model.safetensors").only();
    assertThat(one.base()).isEmpty();
    assertThat(one.why()).contains("No base of that name is ready here");
  }

  @Test
  void aBaseThatIsNotReadyOrIsAnAdapterIsNone() {
    drop("tune/adapter_config.json", ADAPTER.formatted("Qwen/Qwen2.5-0.5B-Instruct"));
    drop("tune/adapter_model.safetensors");
    assertThat(only(registered("q", "q", Kind.BASE, State.CHECKING)).base()).isEmpty();
    assertThat(only(registered("q", "q", Kind.ADAPTER, State.READY)).base()).isEmpty();
  }

  @Test
  void aModelThatNamesItsOwnPlaceWasNotTunedFromItself() {
    drop(
        "Qwen2.5-0.5B-Instruct/config.json", "{\"_name_or_path\": \"Qwen/Qwen2.5-0.5B-Instruct\"}");
    Proposal one = drop("Qwen2.5-0.5B-Instruct/model.safetensors").only(QWEN);
    assertThat(one.kind()).isEqualTo(Kind.BASE);
  }

  @Test
  void severalFoldersAreSeveralCheckpointsAndABaseMayBeAmongThem() {
    drop("drop/a-tune/adapter_config.json", ADAPTER.formatted("org/Tiny-Base"));
    drop("drop/a-tune/adapter_model.safetensors");
    drop("drop/notes.txt");
    drop("drop/tiny-base/config.json");
    Proposals all = drop("drop/tiny-base/model.safetensors").proposed();
    assertThat(all.list())
        .as("the base first")
        .extracting(Proposal::key, Proposal::kind, Proposal::baseKey)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("drop/tiny-base", Kind.BASE, Optional.empty()),
            org.assertj.core.groups.Tuple.tuple(
                "drop/a-tune", Kind.ADAPTER, Optional.of("drop/tiny-base")));
    assertThat(all.leftOut()).containsExactly("drop/notes.txt");
  }

  @Test
  void stepsOfARunAreCheckpointsOfTheirOwnAndCalledAfterTheRun() {
    Proposals all =
        drop(
                "run/adapter_config.json",
                "run/adapter_model.safetensors",
                "run/checkpoint-100/adapter_config.json",
                "run/checkpoint-100/adapter_model.safetensors",
                "run/checkpoint-100/optimizer.pt")
            .proposed();
    assertThat(all.list()).extracting(Proposal::name).containsExactly("run", "run/checkpoint-100");
    assertThat(all.list().get(1).paths()).hasSize(3);
    assertThat(all.list().get(1).wanted()).as("without the optimizer's state").isEqualTo(2);
  }

  @Test
  void eachGgufFileOfAFolderIsAModelAndPartsStayTogether() {
    Proposals all =
        drop(
                "m/a.Q4_1.gguf",
                "m/b-00001-of-00002.gguf",
                "m/b-00002-of-00002.gguf",
                "m/style-lora.gguf")
            .proposed();
    assertThat(all.list())
        .extracting(one -> Map.entry(one.name(), one.paths().size()))
        .containsExactly(
            Map.entry("a.Q4_1", 1), Map.entry("b-00001-of-00002", 2), Map.entry("style-lora", 1));
    assertThat(all.list().get(2).kind()).isEqualTo(Kind.ADAPTER);
  }

  @Test
  void aSnapshotOfTheCacheIsCalledAsItsRepository() {
    String snapshot = "models--org--Name/snapshots/" + "ab".repeat(20);
    Proposal one = drop(snapshot + "/config.json", snapshot + "/model.safetensors").only();
    assertThat(one.name()).isEqualTo("org/Name");
  }

  @Test
  void aNameThatIsTakenGetsANumber() {
    drop("Qwen2.5 0.5B Instruct/config.json", "Qwen2.5 0.5B Instruct/model.safetensors");
    assertThat(only(QWEN).name()).isEqualTo("Qwen2.5 0.5B Instruct 2");
  }

  @Test
  void theSumsOfTheNearestFolderAreThoseThatCount() {
    drop("d/SHA256SUMS", "d/one/SHA256SUMS", "d/one/model.safetensors", "d/two/model.safetensors");
    assertThat(proposed().list())
        .extracting(one -> one.sums().orElseThrow())
        .containsExactly("d/one/SHA256SUMS", "d/SHA256SUMS");
  }

  @Test
  void theSameFolderAgainGoesOnWithTheUploadThatStopped() {
    drop("tiny/config.json", "tiny/model.safetensors", "tiny/optimizer.pt");
    RegisteredCheckpoint begun = registered("u", "my tiny", Kind.FULL, State.UPLOADING);
    Proposals all =
        Proposals.of(
            dropped,
            List.of(begun),
            id -> List.of(upload(id, "config.json"), upload(id, "model.safetensors")));
    assertThat(all.list().get(0).goesOn()).contains("u");
    assertThat(all.list().get(0).name()).isEqualTo("my tiny");
    assertThat(proposed(begun).list().get(0).goesOn()).as("another list of files").isEmpty();
  }

  private static Upload upload(String checkpoint, String path) {
    return new Upload(path, checkpoint, path, 10, 0, 0, Optional.empty(), Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({
    "'---\nbase_model: &a [*a]\n---\n'",
    "'---\nbase_model: !!javax.script.ScriptEngineManager []\n---\n'",
    "'---\nbase_model: {a: b}\n---\n'",
    "'---\nbase_model: [1, 2]\n---\n'",
    "'---\n- a\n- list\n---\n'",
    "'---\nnever: closed'",
    "'no front matter'"
  })
  void aModelCardThatMakesNoSenseSaysNothing(String card) {
    drop("tune/README.md", card);
    assertThat(drop("tune/model.safetensors").only(QWEN).kind()).isEqualTo(Kind.BASE);
  }

  @Test
  void aConfigurationThatMakesNoSenseSaysNothing() {
    drop("tune/adapter_config.json", "{\"base_model_name_or_path\": [\"x\"");
    Proposal one = drop("tune/adapter_model.safetensors").only(QWEN);
    assertThat(one.kind()).isEqualTo(Kind.ADAPTER);
    assertThat(one.why()).isEqualTo("No file says what it was tuned from; choose its base.");
  }

  @Test
  void whatHoldsNoWeightsIsOneProposalThatIsRefusedWithItsReasonWhenItIsSent() {
    assertThat(drop("photos/a.jpg", "photos/b.jpg").only().wanted()).isZero();
    dropped.clear();
    assertThat(proposed().list()).isEmpty();
  }
}
