package dev.palimpsest.cli;

import dev.palimpsest.audit.plan.ArmArgument;
import dev.palimpsest.inference.DecoderException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --template-arg} of an audit. */
final class ArmArgumentConverter implements ITypeConverter<ArmArgument> {
  @Override
  public ArmArgument convert(String text) {
    try {
      return ArmArgument.parse(text);
    } catch (DecoderException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
