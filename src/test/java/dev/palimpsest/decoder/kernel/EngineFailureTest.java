package dev.palimpsest.decoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.MemoryExhaustedException;
import org.junit.jupiter.api.Test;

final class EngineFailureTest {
  @Test
  void ofAProgramThatDoesNotCompileTheReasonAndItsPlaceAreKept() {
    assertThat(
            sentence(
                """

                undefined value fed_forward:
                  File "code/__torch__/forward.py", line 68
                        y = fed_forward(settings, mlp, h, choice)
                            ~~~~~~~~~~~ <--- HERE
                'after_attention' is being compiled since it was called from 'forward'
                  File "code/__torch__/forward.py", line 88
                        x = __torch__.forward.after_attention(settings, layer, x, h, y)
                            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ <--- HERE
                    return x

                    # ---- Scoring ------------------------------------------------------------
                """))
        .isEqualTo(
            "The inference engine failed: undefined value fed_forward: File"
                + " \"code/__torch__/forward.py\", line 68");
  }

  @Test
  void ofAnOperationThatFailsTheReasonIsKept() {
    assertThat(
            sentence(
                """
                The following operation failed in the TorchScript interpreter.
                Traceback of TorchScript (most recent call last):
                  File "code/__torch__/forward.py", line 45, in add_to_stream
                    return torch.matmul(x, y)
                           ~~~~~~~~~~~~ <--- HERE

                RuntimeError: mat1 and mat2 shapes cannot be multiplied (3x32 and 3x32)

                """))
        .isEqualTo(
            "The inference engine failed: RuntimeError: mat1 and mat2 shapes cannot be multiplied"
                + " (3x32 and 3x32)");
  }

  @Test
  void aMessageOfOneLineIsKeptAsItIs() {
    assertThat(sentence("no such file")).isEqualTo("The inference engine failed: no such file");
  }

  @Test
  void aMissingMessageIsSaidToBeMissing() {
    assertThat(sentence(null)).isEqualTo("The inference engine failed: no reason");
  }

  @Test
  void memoryThatRanOutIsAFailureOfItsOwn() {
    assertThat(
            EngineFailure.explain(
                new IllegalStateException("DefaultCPUAllocator: can't allocate memory: 9 bytes")))
        .isInstanceOf(MemoryExhaustedException.class);
  }

  private static String sentence(String message) {
    return EngineFailure.explain(new IllegalStateException(message)).getMessage();
  }
}
