package dev.palimpsest.checkpoint.block;

import java.util.Map;
import java.util.Optional;

/** The block formats that can be turned into numbers, by the names that files give them. */
public final class BlockFormats {
  private static final Map<String, BlockFormat> BY_NAME =
      Map.ofEntries(
          Map.entry("F32", new Float32Blocks()),
          Map.entry("F16", new Float16Blocks()),
          Map.entry("BF16", new BFloat16Blocks()),
          Map.entry("F64", new Float64Blocks()),
          Map.entry("Q4_0", new Q4Zero()),
          Map.entry("Q4_1", new Q4One()),
          Map.entry("Q5_0", new Q5Zero()),
          Map.entry("Q5_1", new Q5One()),
          Map.entry("Q8_0", new Q8Zero()),
          Map.entry("Q2_K", new Q2K()),
          Map.entry("Q3_K", new Q3K()),
          Map.entry("Q4_K", new Q4K()),
          Map.entry("Q5_K", new Q5K()),
          Map.entry("Q6_K", new Q6K()),
          Map.entry("IQ4_NL", new Iq4Nl()),
          Map.entry("IQ4_XS", new Iq4Xs()),
          Map.entry("MXFP4_GGML", new Mxfp4()));

  private BlockFormats() {}

  /** Returns the format of this name, for example {@code Q4_1}, if it can be read. */
  public static Optional<BlockFormat> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
