package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.block.BlockFormat;
import dev.palimpsest.checkpoint.block.BlockFormats;
import dev.palimpsest.checkpoint.block.Rounding;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a tensor's numbers are stored.
 *
 * <p>Plain types are blocks of one element. Types that cannot be turned into float32 are listed
 * with their size, so that a file that holds them can be checked and refused by name.
 */
public enum StoredType {
  F32(1, 4),
  F16(1, 2),
  BF16(1, 2),
  F64(1, 8),
  Q4_0(32, 2 + 16),
  Q4_1(32, 4 + 16),
  Q5_0(32, 6 + 16),
  Q5_1(32, 8 + 16),
  Q8_0(32, 2 + 32),
  Q2_K(256, 84),
  Q3_K(256, 110),
  Q4_K(256, 144),
  Q5_K(256, 176),
  Q6_K(256, 210),
  IQ4_NL(32, 2 + 16),
  IQ4_XS(256, 136),
  /** Four-bit floats of the Open Compute Project, each block beside its scale. */
  MXFP4_GGML(32, 1 + 16),
  /** Nibbles of bitsandbytes; of these and the next, tables and scales lie in other tensors. */
  NF4(2, 1),
  FP4(2, 1),
  /** Bytes of bitsandbytes. */
  LLM_INT8(1, 1),
  GPTQ_2(4, 1),
  GPTQ_3(8, 3),
  GPTQ_4(2, 1),
  GPTQ_8(1, 1),
  AWQ_4(2, 1),
  /** The same with the scales in another tensor. */
  MXFP4(2, 1),
  BOOL(1, 1),
  U8(1, 1),
  I8(1, 1),
  U16(1, 2),
  I16(1, 2),
  U32(1, 4),
  I32(1, 4),
  U64(1, 8),
  I64(1, 8),
  C64(1, 8),
  F4(2, 1),
  F6_E2M3(4, 3),
  F6_E3M2(4, 3),
  F8_E5M2(1, 1),
  F8_E4M3(1, 1),
  F8_E8M0(1, 1),
  F8_E4M3FNUZ(1, 1),
  F8_E5M2FNUZ(1, 1);

  private static final Set<StoredType> JOINED =
      EnumSet.of(NF4, FP4, LLM_INT8, GPTQ_2, GPTQ_3, GPTQ_4, GPTQ_8, AWQ_4, MXFP4);

  private final int blockElements;
  private final int blockBytes;

  StoredType(int blockElements, int blockBytes) {
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /** Returns how many elements one block holds; 1 for plain types. */
  public int blockElements() {
    return blockElements;
  }

  /** Returns how many bytes one block takes. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Returns how to turn the blocks into float32, if they hold all that is needed. */
  public Optional<BlockFormat> format() {
    return BlockFormats.named(name());
  }

  /** Says whether the elements can be read as float32. */
  public boolean isReadable() {
    return isJoined() || format().isPresent();
  }

  /**
   * Says whether the numbers are computed from several tensors; such weights are stored outputs by
   * inputs whatever their module usually does.
   */
  public boolean isJoined() {
    return JOINED.contains(this);
  }

  /** Returns the type of GPTQ's codes. */
  public static StoredType gptq(int bits) {
    return valueOf("GPTQ_" + bits);
  }

  /** Rounds the first numbers to this type if it is narrower than float32. */
  public void round(float[] numbers, int count) {
    if (this == BF16) {
      Rounding.toBfloat16(numbers, count);
    } else if (this == F16) {
      Rounding.toFloat16(numbers, count);
    }
  }

  /**
   * Returns how many bytes the elements take.
   *
   * @throws ArithmeticException if that exceeds 63 bits or the elements do not fill whole blocks
   */
  public long bytesOf(long elements) {
    if (elements % blockElements != 0) {
      throw new ArithmeticException("not a multiple of the block size " + blockElements);
    }
    return Math.multiplyExact(elements / blockElements, (long) blockBytes);
  }
}
