package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.tensor.StoredType;
import java.util.Map;
import java.util.Optional;

/** The numbers by which GGUF names its tensor types ({@code ggml_type} in ggml.h). */
final class GgufTypes {
  private static final Map<Long, StoredType> KNOWN =
      Map.ofEntries(
          Map.entry(0L, StoredType.F32),
          Map.entry(1L, StoredType.F16),
          Map.entry(2L, StoredType.Q4_0),
          Map.entry(3L, StoredType.Q4_1),
          Map.entry(6L, StoredType.Q5_0),
          Map.entry(7L, StoredType.Q5_1),
          Map.entry(8L, StoredType.Q8_0),
          Map.entry(10L, StoredType.Q2_K),
          Map.entry(11L, StoredType.Q3_K),
          Map.entry(12L, StoredType.Q4_K),
          Map.entry(13L, StoredType.Q5_K),
          Map.entry(14L, StoredType.Q6_K),
          Map.entry(20L, StoredType.IQ4_NL),
          Map.entry(23L, StoredType.IQ4_XS),
          Map.entry(24L, StoredType.I8),
          Map.entry(25L, StoredType.I16),
          Map.entry(26L, StoredType.I32),
          Map.entry(27L, StoredType.I64),
          Map.entry(28L, StoredType.F64),
          Map.entry(30L, StoredType.BF16),
          Map.entry(39L, StoredType.MXFP4_GGML));

  private static final Map<Long, String> UNSUPPORTED =
      Map.ofEntries(
          Map.entry(9L, "Q8_1"),
          Map.entry(15L, "Q8_K"),
          Map.entry(16L, "IQ2_XXS"),
          Map.entry(17L, "IQ2_XS"),
          Map.entry(18L, "IQ3_XXS"),
          Map.entry(19L, "IQ1_S"),
          Map.entry(21L, "IQ3_S"),
          Map.entry(22L, "IQ2_S"),
          Map.entry(29L, "IQ1_M"),
          Map.entry(34L, "TQ1_0"),
          Map.entry(35L, "TQ2_0"),
          Map.entry(40L, "NVFP4"),
          Map.entry(41L, "Q1_0"));

  private GgufTypes() {}

  /** Returns the type of the number, if its size is known here. */
  static Optional<StoredType> of(long number) {
    return Optional.ofNullable(KNOWN.get(number));
  }

  /** Returns how to call a type that is not supported. */
  static String name(long number) {
    String name = UNSUPPORTED.get(number);
    return name == null ? Long.toString(number) : number + " (" + name + ")";
  }
}
