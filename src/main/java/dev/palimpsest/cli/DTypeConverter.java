package dev.palimpsest.cli;

import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import picocli.CommandLine;

/** Reads "float32" or "bfloat16". */
final class DTypeConverter implements CommandLine.ITypeConverter<DType> {
  @Override
  public DType convert(String value) {
    try {
      return DType.of(value);
    } catch (DecoderException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }
}
