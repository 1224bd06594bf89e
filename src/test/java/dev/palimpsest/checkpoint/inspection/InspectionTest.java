package dev.palimpsest.checkpoint.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.checkpoint.quantised.Quantisation;
import dev.palimpsest.checkpoint.safetensors.SafetensorsBytes;
import dev.palimpsest.checkpoint.safetensors.SafetensorsShards;
import dev.palimpsest.checkpoint.safetensors.ShardIndex;
import dev.palimpsest.checkpoint.tensor.StoredType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every case is a sound one-layer Llama with one thing broken. */
final class InspectionTest {
  @TempDir private Path folder;

  @BeforeEach
  void startSound() {
    Fixtures.copy("tiny", folder);
  }

  @Test
  void theSoundCheckpointIsAcceptedAndDescribed() {
    Inspection inspection = Inspection.of(folder);
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.kind()).isEqualTo(CheckpointKind.HUGGING_FACE);
    assertThat(inspection.family()).isEqualTo("llama");
    assertThat(inspection.parameters()).isEqualTo(2568);
    assertThat(inspection.storedTypes()).isEqualTo(Map.of(StoredType.F32, 2568L));
    assertThat(inspection.digest()).contains(Manifest.of(folder).root());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'hidden_size': 8 | 'hidden_sise': 8           | hidden_size is missing, expected a positive integer",
        "'hidden_size': 8 | 'hidden_size': '8'         | hidden_size is '8', expected a positive integer",
        "'hidden_size': 8 | 'hidden_size': -8          | hidden_size is -8, expected a positive integer",
        "'hidden_size': 8 | 'hidden_size': 2147483648  | hidden_size is 2147483648, expected a positive",
        "'hidden_size': 8 | 'hidden_size': 8, 'hidden_size': 16 | has 'hidden_size' twice",
        "'num_hidden_layers': 1 | 'num_hidden_layers': 1.5        | num_hidden_layers is 1.5, expected",
        "'num_hidden_layers': 1 | 'num_hidden_layers': 2147483647 | num_hidden_layers is 2147483647, expected at most",
        "'num_attention_heads': 2 | 'num_attention_heads': 0 | num_attention_heads is 0",
        "'num_key_value_heads': 1 | 'num_key_value_heads': 3 | expected a multiple of num_key_value_heads (3)",
        "'head_dim': 4 | 'head_dim': 3 | head_dim is 3, expected an even number",
        "'head_dim': 4, | 'heads': 4, 'num_attention_heads_': 1, | (accepted)",
        "'vocab_size': 258 | 'vocab_size': 1099511627776 | vocab_size is 1099511627776, expected",
        "'vocab_size': 258 | 'vocab_size': 0 | vocab_size is 0",
        "'pad_token_id': null | 'pad_token_id': -1 | (accepted)",
        "'max_position_embeddings': 64 | 'max_position_embeddings': 1000000000000 | (accepted)",
        "'rms_norm_eps': 1e-05 | 'rms_norm_eps': NaN | holds NaN or Infinity",
        "'rms_norm_eps': 1e-05 | 'rms_norm_eps': -1e-05 | expected a number between 0 and 1",
        "'hidden_act': 'silu' | 'hidden_act': 'swoosh' | hidden_act is 'swoosh', expected one of",
        "'rope_type': 'default' | 'rope_type': 'hyperdimensional' | rope_parameters.rope_type is 'hyperdimensional'",
        "'rope_type': 'default' | 'rope_type': 'llama3' | rope_parameters.factor is missing",
        "'rope_theta': 10000.0 | 'rope_theta': 0 | rope_parameters.rope_theta is 0, expected a number above 0",
        "'eos_token_id': 257 | 'eos_token_id': [257, 258] | expected an id below vocab_size (258)",
        "'eos_token_id': 257 | 'eos_token_id': null | (accepted)",
        "'eos_token_id': 257 | 'eos_token_id': 'x' | eos_token_id is 'x', expected a token id or a list",
        "'model_type': 'llama' | 'model_type': 'lama' | architecture lama is not supported (closest: llama)",
        "'model_type': 'llama' | 'model_type': 'quuxformer' | architecture quuxformer is not supported; supported: falcon, gemma",
        "'model_type': 'llama' | 'model_type': 'mpt' | architecture mpt is known but not supported yet",
        "'rope_theta': 10000.0 | 'rope_theta': NaN | holds NaN or Infinity",
        "'architectures': [ | 'architectures': [], 'were': [ | (accepted)",
        "'LlamaForCausalLM' | 'LlamaForCausalLM', 'EvilForCausalLM' | (accepted)",
        "'LlamaForCausalLM' | 'LlamaForSequenceClassification' | unsupported architecture LlamaForSequenceClassification",
        "'vocab_size': 258 | 'vocab_size': 258, 'auto_map': {'AutoModel': 'evil.Evil'} | (accepted)",
        "'model_type': 'llama' | 'model_type': 'evil', 'auto_map': {'AutoModel': 'evil.Evil'} | names custom code (auto_map), which is never run",
        "'vocab_size': 258 | 'vocab_size': 258, 'quantization_config': {'quant_method': 'gptq'} | unsupported quantization gptq",
        "'vocab_size': 258 | 'vocab_size': 258, 'deep': DEEP | is nested too deeply",
        "'tie_word_embeddings': true | 'tie_word_embeddings': 1 | tie_word_embeddings is 1, expected true or false",
      })
  void aBrokenConfigurationIsRefusedByFieldAndValue(String from, String to, String sentence)
      throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    edit("config.json", quoted(from), quoted(to).replace("DEEP", deep));
    if (sentence.equals("(accepted)")) {
      assertThat(Inspection.of(folder).isRefused()).isFalse();
    } else {
      assertRefused(
          "config.json",
          quoted(sentence).replace("has \"", "has '").replace("\" twice", "' twice"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'&':5 | '&':4 | has duplicate token id 4",
        "'&':5 | '&':-1 | has token id out of range (-1 for &)",
        "'&':5 | '&':2147483647 | has token id out of range (2147483647 for &)",
        "'&':5 | '&':300 | has ids outside the embedding (300 >= 258)",
        "'id':256 | 'id':3 | added token id 3 (<|bos|>) conflicts with the vocabulary",
        "'id':257,'content': | 'id':257,'content':'','was': | has an added token without content",
        "'merges':[] | 'merges':['a bc'] | a merge that refers to the unknown token bc",
        "'merges':[] | 'merges':['a b c'] | has malformed merges: 'a b c'",
        "'merges':[] | 'merges':[['a']] | has malformed merges: ['a']",
        "'merges':[] | 'merges':7 | they must be a list, not a number",
        "'normalizer':null | 'normalizer':{'type':'Replace','pattern':{'String':''},'content':'x'} | has an empty pattern in its normalizer",
        "'normalizer':null | 'normalizer':{'type':'Sequence','normalizers':[MANY{'type':'NFC'}]} | has more than 100 steps in its normalizer",
        "'normalizer':null | 'normalizer':{'type':'Replace','pattern':{'String':'a'},'content':'LONG'} | LONGER",
        "'type':'BPE' | 'type':'Quux' | has unsupported tokenizer model Quux",
        "'pre_tokenizer':{'type':'ByteLevel' | 'pre_tokenizer':{'type':'Quux' | has unsupported pre_tokenizer Quux",
        "'normalizer':null | 'normalizer':{'type':'Sequence','normalizers':[{'type':'Quux'}]} | has unsupported normalizer Quux",
        "'truncation':null | 'truncation': | is not valid JSON (line 1",
      })
  void aBrokenTokenizerIsRefused(String from, String to, String sentence) throws IOException {
    String steps = "{'type':'NFC'},".repeat(10_000);
    String grown = to.replace("MANY", steps).replace("LONG", "x".repeat(100_000));
    edit("tokenizer.json", quoted(from), quoted(grown));
    assertRefused(
        "tokenizer.json",
        quoted(sentence.replace("LONGER", "could make a text more than 64 times as long")));
  }

  @Test
  void oneFileIsPreferredToAnIndexAsInTransformersAndThatIsSaid() throws IOException {
    Files.writeString(
        folder.resolve(ShardIndex.NAME), "{\"weight_map\":{\"x\":\"a.safetensors\"}}");
    assertThat(Inspection.of(folder).findings())
        .extracting(Finding::severity, Finding::file, Finding::sentence)
        .containsExactly(
            tuple(
                Severity.WARNING,
                ShardIndex.NAME,
                "is not used, as model.safetensors holds a whole model"));
  }

  @Test
  void wishesForGenerationThatAreNotFollowedAreTold() throws IOException {
    Files.writeString(
        folder.resolve("generation_config.json"),
        "{\"do_sample\":true,\"repetition_penalty\":1.05,\"no_repeat_ngram_size\":3,\"num_beams\":1,\"suppress_tokens\":[],"
            + "\"bad_words_ids\":[[3]]}");
    assertThat(Inspection.of(folder).findings())
        .extracting(Finding::severity, Finding::file, Finding::sentence)
        .containsExactly(
            tuple(
                Severity.INFO,
                "generation_config.json",
                "asks for bad_words_ids, no_repeat_ngram_size 3, which is not followed: answers are made of the most likely tokens"));
  }

  @Test
  void aTiedTableMayBeStoredAsTheHeadAlone() throws IOException {
    edit("model.safetensors", "\"model.embed_tokens.weight\"", "\"lm_head.weight\"           ");
    assertThat(Inspection.of(folder).findings()).isEmpty();
  }

  @Test
  void aWrapperAroundTheModelIsNamedOnce() throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    String header = new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8).strip();
    byte[] wrapped =
        SafetensorsBytes.of(
            header.replace("\"model.", "\"policy.model."), bytes.length - Long.BYTES - length);
    Files.write(file, wrapped);
    assertThat(Inspection.of(folder).findings())
        .extracting(Finding::sentence)
        .containsExactly(
            "the tensors' names begin with policy., which no model's do; save the model itself and not what it was wrapped in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.layers.0.self_attn.rotary_emb.inv_freq",
        "model.layers.0.attention.bias",
        "model.layers.0.attn.masked_bias"
      })
  void masksAndRotaryTablesOfOldFilesMayBeOfAnyType(String buffer) throws IOException {
    append(buffer, "BOOL");
    assertThat(Inspection.of(folder).findings()).isEmpty();
  }

  @Test
  void partsOfAnotherModelAreToldAndNotUsed() throws IOException {
    append("vision_tower.patch.weight", "I8");
    append("v_head.summary.weight", "F8_E4M3");
    assertThat(Inspection.of(folder).findings())
        .extracting(Finding::severity, Finding::sentence)
        .containsExactly(
            tuple(
                Severity.INFO,
                "holds 1 tensors of v_head, which is no part of a model of this family; they are not used"),
            tuple(
                Severity.INFO,
                "holds 1 tensors of vision_tower, which is no part of a model of this family; they are not used"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.layers.0.self_attn.q_proj.bias", "model.norm.bias", "lm_head.bias"})
  void whatBelongsToAModuleOfTheModelMayNotBeLeftOut(String tensor) throws IOException {
    append(tensor, "U8");
    assertRefused("model.safetensors", "unexpected tensor " + tensor);
  }

  @Test
  void aLoraBesideTheWeightsThatItIsForIsRefusedWithTheWayOut() throws IOException {
    append("model.layers.0.self_attn.q_proj.lora_A.weight", "U8");
    assertRefused(
        folder.getFileName().toString(),
        "holds a LoRA beside the weights it is for (model.layers.0.self_attn.q_proj.lora_A.weight); merge it where the model was trained: model.merge_and_unload().save_pretrained('OUT'), or save it alone: model.save_pretrained('OUT')");
  }

  /** Adds a tensor of one byte at the file's end. */
  private void append(String tensor, String type) throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int end = bytes.length - Long.BYTES - length;
    String header = new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8).strip();
    String entry =
        ",\"%s\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[%d,%d]}}"
            .formatted(tensor, type, end, end + 1);
    byte[] data = Arrays.copyOfRange(bytes, Long.BYTES + length, bytes.length);
    byte[] longer =
        SafetensorsBytes.of(header.substring(0, header.length() - 1) + entry, data.length + 1);
    System.arraycopy(data, 0, longer, longer.length - data.length - 1, data.length);
    Files.write(file, longer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'model.layers.0.self_attn.q_proj.weight' | 'model.layers.0.self_attn.x_proj.weight' | missing tensor model.layers.0.self_attn.q_proj.weight",
        "'model.layers.0.self_attn.q_proj.weight' | 'model.layers.1.self_attn.q_proj.weight' | unexpected tensor model.layers.1.self_attn.q_proj.weight",
        "gate_proj.weight':{'dtype':'F32','shape':[12,8] | gate_proj.weight':{'dtype':'F32','shape':[8,12] | gate_proj.weight has shape [8,12], expected [12,8]",
        "q_proj.weight':{'dtype':'F32' | q_proj.weight':{'dtype':'I32' | unsupported dtype I32 for model.layers.0.self_attn.q_proj.weight",
        "q_proj.weight':{'dtype':'F32' | q_proj.weight':{'dtype':'U32' | unsupported dtype U32 for model.layers.0.self_attn.q_proj.weight",
      })
  void weightsThatDoNotFitTheConfigurationAreNamed(String from, String to, String sentence)
      throws IOException {
    edit("model.safetensors", quoted(from), quoted(to));
    assertRefused("model.safetensors", sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7fc00000, 0x7f800000, 0xff800000})
  void aNumberThatIsNotFiniteIsAnError(int bits) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("model.safetensors"));
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 4 + i] = (byte) (bits >> (8 * i));
    }
    Files.write(folder.resolve("model.safetensors"), bytes);
    assertRefused("model.safetensors", "non-finite value in model.norm.weight");
  }

  @Test
  void aPickleBesideTheWeightsIsToldAndLeftAlone() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 4, 'c'});
    Files.writeString(folder.resolve("modeling_evil.py"), "raise SystemExit");
    Inspection inspection = Inspection.of(folder);
    assertThat(inspection.isRefused()).isFalse();
    assertThat(inspection.findings())
        .containsExactly(
            new Finding(
                Severity.WARNING,
                "modeling_evil.py",
                "is program text; it is not used and never run"),
            new Finding(
                Severity.WARNING,
                "pytorch_model.bin",
                "can run code when it is loaded; it is not used and never opened"));
  }

  @Test
  void aPickleInPlaceOfTheWeightsIsRefusedWithTheWayOut() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    Files.write(folder.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 4, 'c'});
    assertRefused("pytorch_model.bin", "convert it to safetensors with: python -c");
  }

  @Test
  void aPickleNamedSafetensorsIsToldByItsFirstBytes() throws IOException {
    Files.write(
        folder.resolve("model.safetensors"),
        "\u0080\u0004\u0095cposix\nsystem\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("model.safetensors", "is not a safetensors file but a Python pickle");
  }

  @Test
  void weightsThatAreAZipAsWellAreRefused() throws IOException {
    byte[] end = new byte[22];
    System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, end, 0, 4);
    byte[] bytes = Files.readAllBytes(folder.resolve("model.safetensors"));
    System.arraycopy(end, 0, bytes, bytes.length - end.length, end.length);
    Files.write(folder.resolve("model.safetensors"), bytes);
    assertRefused("model.safetensors", "is a zip archive as well");
  }

  @Test
  void aSymbolicLinkIsRefusedEvenIfItsTargetIsSound(@TempDir Path elsewhere) throws IOException {
    Path target = elsewhere.resolve("model.safetensors");
    Files.move(folder.resolve("model.safetensors"), target);
    Files.createSymbolicLink(folder.resolve("model.safetensors"), target);
    assertRefused("model.safetensors", "is a symbolic link that leads out of");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    assertRefused("tokenizer.json", "is missing; copy the tokenizer files of the model");
    Files.delete(folder.resolve("model.safetensors"));
    assertRefused("model.safetensors", "is missing; fetch the weights");
    Files.writeString(folder.resolve("model.safetensors"), "not weights at all");
    Files.delete(folder.resolve("config.json"));
    assertRefused("config.json", "is missing; fetch it from");
  }

  @Test
  void aSentencePieceModelIsReadAndHeldAgainstTheEmbedding() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    Path model = folder.resolve("tokenizer.model");
    Files.copy(Path.of("src/test/resources/text/files/llama_bare/tokenizer.model"), model);
    assertRefused("tokenizer.model", "has 420 tokens, the embedding");
    Files.writeString(model, "no model at all");
    assertRefused("tokenizer.model", "is no SentencePiece model");
  }

  @Test
  void aTemplateThatIsNoTextIsRefused() throws IOException {
    edit("tokenizer_config.json", "\"chat_template\"", "\"chat_template\": {\"a\": []}, \"b\"");
    assertRefused("tokenizer_config.json", "chat_template must be a string, not an object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(nothing)| | (accepted)",
        "model-2.safetensors | ../model-2.safetensors   | expected a shard name that stays in the checkpoint's folder",
        "model-2.safetensors | /etc/model-2.safetensors | expected the plain file name of a shard",
        "model-2.safetensors | ..\\\\\\\\model-2.safetensors | expected a shard name that stays",
        "model-2.safetensors | https://h/x.safetensors  | expected the plain file name of a shard",
        "model-2.safetensors | model-2.safetensors\\\\u0000 | expected the plain file name of a shard",
        "model-2.safetensors | pytorch_model-2.bin      | expected a .safetensors file",
        "model-2.safetensors | model-3.safetensors      | is missing; fetch it from",
        "model-2.safetensors | model-1.safetensors      | maps tensor lm_head.weight to model-1.safetensors, which lacks it",
        "'lm_head.weight':'model-2.safetensors' | 'model.norm.weight':'model-1.safetensors' | has 'model.norm.weight' twice",
        "'model.norm.weight':'model-1.safetensors', | | does not list tensor model.norm.weight, which is in model-1.safetensors",
        "{ | [ | is not valid JSON",
      })
  void anIndexIsHeldAgainstItsShards(String from, String to, String sentence) throws IOException {
    shard();
    edit(ShardIndex.NAME, quoted(from), to == null ? "" : quoted(to).replace("\\\\", "\\"));
    Inspection inspection = Inspection.of(folder);
    if (sentence.equals("(accepted)")) {
      assertThat(inspection.findings()).isEmpty();
    } else {
      assertThat(errors(inspection)).anyMatch(error -> error.contains(sentence));
    }
  }

  @Test
  void aConfigurationBeyondAllReasonIsNotRead() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("config.json").toFile(), "rw")) {
      file.setLength(300L << 20);
    }
    assertRefused("config.json", "has 314572800 bytes, more than the");
  }

  @Test
  void aTemplateBeyondAllReasonIsNotRead() throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), "x".repeat((1 << 20) + 1));
    assertRefused("chat_template.jinja", "has a chat template of more than 1 MiB");
  }

  @Test
  void oneShardThatIsCutShortIsNamedAndTheSumInTheIndexDecidesNothing() throws IOException {
    shard();
    edit(ShardIndex.NAME, "\"weight_map\"", "\"metadata\":{\"total_size\":1},\"weight_map\"");
    assertThat(Inspection.of(folder).isRefused()).isFalse();
    Path second = folder.resolve("model-2.safetensors");
    byte[] bytes = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("model-2.safetensors", "is cut short");
  }

  /** Splits the model in two: an untied head of zeros goes into the second shard. */
  private void shard() throws IOException {
    edit("config.json", "\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false");
    Files.move(folder.resolve("model.safetensors"), folder.resolve("model-1.safetensors"));
    String head =
        "{\"lm_head.weight\":{\"dtype\":\"F32\",\"shape\":[258,8],\"data_offsets\":[0,8256]}}";
    Files.write(folder.resolve("model-2.safetensors"), SafetensorsBytes.of(head, 8256));
    StringBuilder map = new StringBuilder("{\"weight_map\":{");
    try (SafetensorsShards first =
        SafetensorsShards.open(folder, "", List.of("model-1.safetensors"), Quantisation.none())) {
      first
          .tensors()
          .names()
          .forEach(name -> map.append('"').append(name).append("\":\"model-1.safetensors\","));
    }
    map.append("\"lm_head.weight\":\"model-2.safetensors\"},\"note\":\"(nothing)\"}");
    Files.writeString(folder.resolve(ShardIndex.NAME), map);
  }

  @Test
  void anAdapterThatChangesNothingIsToldToBeDead(@TempDir Path adapter) throws IOException {
    Fixtures.copy("tiny_adapter", adapter);
    assertThat(Inspection.of(adapter).findings()).isEmpty();
    Path weights = adapter.resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Arrays.fill(bytes, bytes.length - 56 * 4, bytes.length, (byte) 0);
    Files.write(weights, bytes);
    assertThat(Inspection.of(adapter).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.sentence()).contains("every lora_B is zero");
            });
  }

  @Test
  void aFolderWithoutAModelSaysWhatBelongsThere(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("notes.txt"), "hello");
    assertThatThrownBy(() -> Inspection.of(other))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("holds no checkpoint; it needs config.json and *.safetensors files");
  }

  private List<String> errors(Inspection inspection) {
    return inspection.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(Finding::sentence)
        .toList();
  }

  private void assertRefused(String file, String sentence) {
    Inspection inspection = Inspection.of(folder);
    assertThat(inspection.isRefused()).isTrue();
    assertThat(inspection.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.file()).isEqualTo(file);
              assertThat(finding.sentence()).contains(sentence);
            });
  }

  private void edit(String file, String from, String to) throws IOException {
    Charset bytes = StandardCharsets.ISO_8859_1;
    String text = Files.readString(folder.resolve(file), bytes);
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to), bytes);
  }

  /** In the tables above a single quote stands for a double quote. */
  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  @Test
  void foldersBelowThatHoldACheckpointAreNamed(@TempDir Path above) throws IOException {
    for (String name : List.of("checkpoint-100", "snapshots/f00")) {
      Files.createDirectories(above.resolve(name));
      Files.createFile(above.resolve(name).resolve("config.json"));
    }
    assertThatThrownBy(() -> Inspection.of(above))
        .hasMessageEndingWith(
            "holds no checkpoint; give the path of the one that is meant below it: checkpoint-100, snapshots/f00");
  }
}
