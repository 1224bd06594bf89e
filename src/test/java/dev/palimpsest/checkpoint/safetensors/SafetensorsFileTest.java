package dev.palimpsest.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsFileTest {
  @TempDir private Path folder;

  /** In the headers below a single quote stands for a double quote. */
  private SafetensorsFile read(String header, int dataBytes) {
    return SafetensorsBytes.read(folder, SafetensorsBytes.of(header.replace('\'', '"'), dataBytes));
  }

  private void assertRefused(String header, int dataBytes, String sentence) {
    assertThatThrownBy(() -> read(header, dataBytes))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("model.safetensors: ")
        .hasMessageContaining(sentence);
  }

  @Test
  void aSoundHeaderGivesTensorsAndMetadata() {
    SafetensorsFile file =
        read(
            "{'__metadata__':{'format':'pt'},"
                + "'b':{'dtype':'BF16','shape':[2,3],'data_offsets':[4,16]},"
                + "'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}",
            16);
    assertThat(file.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(file.entries())
        .extracting(SafetensorsFile.Entry::info)
        .containsExactly(
            new TensorInfo("b", StoredType.BF16, new long[] {2, 3}, 12),
            new TensorInfo("a", StoredType.F32, new long[] {}, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}   \n",
        "{'__metadata__':null,'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'z':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}}",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1],'note':'unknown fields are allowed'}}",
      })
  void whatTheFormatAllowsIsAccepted(String header) {
    assertThat(read(header, 1).entries()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                    | 0 | header must start with",
        "{'a':1}                               | 0 | must be described by an object, not a number",
        "{} {}                                 | 0 | text after the header's closing brace",
        "{'a':}                                | 0 | header is not valid JSON (line 1",
        "{'a':{'dtype':'U8',}}                 | 0 | header is not valid JSON",
        "{'a':{'dtype':NaN}}                   | 0 | holds NaN or Infinity",
        "{'a':{'dtype':'f32','shape':[],'data_offsets':[0,0]}}  | 0 | unknown dtype f32",
        "{'a':{'dtype':'Q4_0','shape':[],'data_offsets':[0,0]}} | 0 | unknown dtype Q4_0",
        "{'a':{'dtype':'F128','shape':[],'data_offsets':[0,16]}}| 16 | unknown dtype F128",
        "{'a':{'dtype':'U8','shape':[0,9223372036854775808,9223372036854775808],'data_offsets':[0,0]}} | 0 | overflows 63 bits",
        "{'a':{'dtype':'U8','shape':[9223372036854775807,9223372036854775807,0],'data_offsets':[0,0]}} | 0 | overflows",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[-1,0]}} | 1 | negative number -1",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1.0]}}| 1 | expected integers",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'U8','shape':[1],'data_offsets':[2,3]}} | 3 | hole of 1 bytes before b",
        "{/* w */'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | header is not valid JSON",
        "{'a':{'dtype':null,'shape':[],'data_offsets':[0,0]}}   | 0 | unknown dtype (none)",
        "{'a':{'shape':[1],'data_offsets':[0,1]}}               | 1 | unknown dtype (none)",
        "{'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,1]}} | 1 | shape with the negative number -1",
        "{'a':{'dtype':'U8','shape':[1.0],'data_offsets':[0,1]}}| 1 | shape with 1.0, expected integers",
        "{'a':{'dtype':'U8','shape':['1'],'data_offsets':[0,1]}}| 1 | expected integers",
        "{'a':{'dtype':'U8','shape':[18446744073709551616],'data_offsets':[0,1]}} | 1 | overflows 63 bits",
        "{'a':{'dtype':'F32','shape':[4194305,4194305,211106198978564],'data_offsets':[0,16]}} | 16 | overflows",
        "{'a':{'dtype':'U8','shape':[1,1,1,1,1,1,1,1,1],'data_offsets':[0,1]}}    | 1 | at most 8 integers",
        "{'a':{'dtype':'U8','shape':1,'data_offsets':[0,1]}}    | 1 | shape that is not a list",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[1,0]}}  | 1 | invalid data_offsets [1,0]",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1,2]}}| 1 | at most 2 integers",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0]}}    | 1 | invalid data_offsets [0]",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,01]}} | 1 | not valid JSON",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,1]}}  | 1 | do not match its shape and dtype (2 bytes)",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}  | 2 | hole of 1 bytes before a",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}  | 2 | 1 trailing bytes",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}}  | 1 | is cut short",
        "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,1]}}  | 1 | does not fill whole bytes",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}} | 3 | overlapping data_offsets at b",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | overlapping",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | header has 'a' twice",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'\\u0061':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | header has 'a' twice",
        "{'a':{'dtype':'U8','dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | header has 'dtype' twice",
        "{'__metadata__':{},'__metadata__':{}}                  | 0 | header has '__metadata__' twice",
        "{'__metadata__':{'a':1}}                               | 0 | but 'a' is a number",
        "{'__metadata__':[]}                                    | 0 | not be an array",
        "{'':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}   | 1 | tensor without a name",
        "{'../../x':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | not an allowed tensor name",
        "{'a\\u001b[31m':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | tensor a\\u001b[31m is not an allowed",
      })
  void aBrokenHeaderIsRefusedWithItsFault(String header, int dataBytes, String sentence) {
    assertRefused(header, dataBytes, sentence.strip());
  }

  @ParameterizedTest
  @CsvSource({
    "0, has an empty header",
    "-1, header length 18446744073709551615 exceeds the file size",
    "4611686018427387904, header length 4611686018427387904 exceeds the file size",
    "200, header length 200 exceeds the file size (100 bytes follow)",
  })
  void aHeaderLengthIsHeldAgainstTheFileBeforeAnythingIsAllocated(long length, String sentence) {
    byte[] bytes = SafetensorsBytes.join(SafetensorsBytes.length(length), new byte[100]);
    assertThatThrownBy(() -> SafetensorsBytes.read(folder, bytes))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aHeaderBeyondTheCapIsRefusedEvenInAFileThatLarge() throws IOException {
    Path path = folder.resolve("sparse.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(SafetensorsBytes.length(100_000_001));
      file.setLength(200_000_000);
    }
    try (ModelFile file = ModelFile.open(path, "sparse.safetensors")) {
      assertThatThrownBy(() -> SafetensorsFile.read(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("header has 100000001 bytes, more than the 25000000 allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void aFileThatIsShorterThanItsLengthFieldIsRefused(int bytes) {
    assertThatThrownBy(() -> SafetensorsBytes.read(folder, new byte[bytes]))
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith("fetch it again");
  }

  @Test
  void whatIsNoTextOrGoesOnAfterItIsRefused() {
    byte[] latin = "{\"caf\u00e9\":{}}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] length = SafetensorsBytes.length(latin.length);
    assertThatThrownBy(() -> SafetensorsBytes.read(folder, SafetensorsBytes.join(length, latin)))
        .hasMessageContaining("header is not valid UTF-8; fetch the file again");
    assertRefused("{}\u0000\u0000", 0, "header");
  }

  @Test
  void aRankOrANameBeyondAllReasonIsRefusedAndNotRepeatedWhole() {
    String shape = "1,".repeat(100_000) + "1";
    assertRefused(
        "{'a':{'dtype':'U8','shape':[" + shape + "],'data_offsets':[0,1]}}",
        1,
        "at most 8 integers");
    String name = "x".repeat(1_000_000);
    assertThatThrownBy(
            () -> read("{'" + name + "':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}", 1))
        .isInstanceOf(CheckpointException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {" {}", "\n{}", "\ufeff{}"})
  void nothingMayStandBeforeTheBrace(String header) {
    assertRefused(header, 0, "header must start with '{'");
  }

  @Test
  void deepNestingEndsWithASentenceNotAStackOverflow() {
    assertRefused("{\"a\":" + "[".repeat(200_000), 0, "header is nested too deeply");
  }

  @Test
  void millionsOfTinyEntriesEndAtTheCap() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i <= SafetensorsFile.MAX_TENSORS; i++) {
      header.append(i == 0 ? "" : ",").append("\"").append(i);
      header.append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    assertRefused(header.append("}").toString(), 0, "more than the 200000 tensors allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 oid sha256:4d7a | a Git LFS pointer; fetch the real file with 'git lfs pull'",
        "<!DOCTYPE html><html><body>401</body></html> | a web page; the download failed",
        "GGUF followed by anything at all             | a GGUF file; name it .gguf",
        "PK\u0003\u0004 a zip                         | a zip archive",
        "hello, I am only a note                      | a text file; fetch the real file",
      })
  void anotherKindOfFileIsToldByName(String content, String sentence) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> SafetensorsBytes.read(folder, bytes))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is not a safetensors file but " + sentence);
  }
}
