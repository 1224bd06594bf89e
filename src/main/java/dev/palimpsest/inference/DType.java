package dev.palimpsest.inference;

/**
 * The floating-point type that a forward pass computes in; heads and log-softmax are float32
 * always.
 */
public enum DType {
  FLOAT32("float32"),
  BFLOAT16("bfloat16");

  private final String label;

  DType(String label) {
    this.label = label;
  }

  /** Returns the name used in requests, reports and on the command line. */
  public String label() {
    return label;
  }

  /** Returns the type with the given label, or fails with the accepted ones. */
  public static DType of(String label) {
    for (DType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new DecoderException("Unknown dtype '" + label + "'; use float32 or bfloat16.");
  }
}
