package dev.palimpsest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Textual encodings of keys, RFC 7468. */
public final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  /** Returns some bytes as a block with a label, its lines of 64 characters. */
  public static String block(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + label
        + "-----\n"
        + lines.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** Returns the bytes of the first block with a label. */
  public static Optional<byte[]> find(String pem, String label) {
    Matcher block =
        Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
            .matcher(pem);
    return block.find()
        ? Optional.of(Base64.getMimeDecoder().decode(block.group(1)))
        : Optional.empty();
  }
}
