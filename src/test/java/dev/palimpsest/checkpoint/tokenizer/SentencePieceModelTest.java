package dev.palimpsest.checkpoint.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.palimpsest.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SentencePieceModelTest {
  private static final Path FOLDERS = Path.of("src/test/resources/text/files");

  @Test
  void readsKindPiecesAndReplacements() throws IOException {
    SentencePieceModel unigram = read(bytes("unigram"));
    assertThat(unigram.unigram()).isTrue();
    assertThat(unigram.byteFallback()).isFalse();
    assertThat(unigram.pieces().get(unigram.unknownId()).text()).isEqualTo("<unk>");
    assertThat(CharsmapCheck.problem(table(unigram))).isEmpty();

    SentencePieceModel merging = read(bytes("llama_bare"));
    assertThat(merging.unigram()).isFalse();
    assertThat(merging.byteFallback()).isTrue();
    assertThat(merging.pieces().get(1).isControl()).isTrue();
    assertThat(merging.charsmap().hasRemaining()).isFalse();
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> read("not a model at all".getBytes(StandardCharsets.US_ASCII)))
        .withMessageContaining("is no SentencePiece model");
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> read(new byte[0]))
        .withMessageContaining("holds 0 tokens");
  }

  @Test
  void damagedModelsAreReadOrRefusedInOneSentence() throws IOException {
    byte[] sound = bytes("unigram");
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = sound.clone();
      for (int j = 0; j < 1 + i % 8; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      int length = i % 2 == 0 ? damaged.length : random.nextInt(damaged.length);
      readOrRefuse(Arrays.copyOf(damaged, length));
    }
  }

  @Test
  void aDamagedTableOfReplacementsIsFound() throws IOException {
    byte[] table = table(read(bytes("unigram")));
    byte[] shorter = Arrays.copyOf(table, table.length / 4);
    assertThat(CharsmapCheck.problem(shorter)).isPresent();
    byte[] outside = table.clone();
    outside[6] = (byte) 0xff; // the root's offset
    outside[7] = (byte) 0xff;
    assertThat(CharsmapCheck.problem(outside)).isPresent();
  }

  private static void readOrRefuse(byte[] content) {
    try {
      assertThat(CharsmapCheck.problem(table(read(content)))).isNotNull();
    } catch (CheckpointException e) {
      assertThat(e).hasMessageContaining("tokenizer.model");
    }
  }

  private static SentencePieceModel read(byte[] content) {
    return SentencePieceModel.read("tokenizer.model", ByteBuffer.wrap(content));
  }

  private static byte[] table(SentencePieceModel model) {
    byte[] table = new byte[model.charsmap().remaining()];
    model.charsmap().duplicate().get(table);
    return table;
  }

  private static byte[] bytes(String folder) throws IOException {
    return Files.readAllBytes(FOLDERS.resolve(folder).resolve("tokenizer.model"));
  }
}
