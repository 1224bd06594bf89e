package dev.palimpsest.decoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessorTest {
  private static final String ZEN_3 = "flags\t\t: fpu sse2 fma avx avx2 vaes";
  private static final String ICE_LAKE =
      "flags\t\t: fpu sse2 fma avx2 avx512f avx512bw avx512_vnni";
  private static final String ZEN_4 = "flags\t\t: fpu sse2 fma avx2 avx512f avx512bw avx512_bf16";

  @Test
  void bfloat16IsMultipliedByProcessorsWithInstructionsForIt() {
    assertThat(multiplies(ZEN_4)).isTrue();
    assertThat(multiplies(ICE_LAKE)).isFalse();
    assertThat(multiplies(ZEN_3)).isFalse();
  }

  @Test
  void coresOfTwoKindsMultiplyWhatBothDo() {
    assertThat(multiplies(ZEN_4, ZEN_3)).isFalse();
  }

  @Test
  void whereNothingIsKnownItIsTried() {
    assertThat(multiplies("Features\t: fp asimd bf16")).isTrue();
  }

  @Test
  void aRunInFloat32NeverComputesInAnotherType() {
    assertThat(Arithmetic.candidates(DType.FLOAT32)).allMatch(Arithmetic::isDirect).hasSize(2);
  }

  @Test
  void aRunInBfloat16AlwaysStoresItsWeightsInThatType() {
    assertThat(Arithmetic.candidates(DType.BFLOAT16))
        .allMatch(arithmetic -> arithmetic.stored() == DType.BFLOAT16);
  }

  private static boolean multiplies(String... flags) {
    return Processor.has(List.of(flags), "avx512_bf16", "amx_bf16");
  }
}
