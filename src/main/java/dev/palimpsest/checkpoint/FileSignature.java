package dev.palimpsest.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file really is, told by its first bytes, when it is not what its name says. */
public enum FileSignature {
  ZIP("a zip archive (PyTorch writes its pickle files so)", Advice.CONVERT),
  PICKLE("a Python pickle", Advice.CONVERT),
  GGUF("a GGUF file", "; name it .gguf"),
  LFS_POINTER("a Git LFS pointer", "; fetch the real file with 'git lfs pull'"),
  HTML("a web page", "; the download failed or needs a login, fetch the file again"),
  GZIP("a gzip archive", "; unpack it first"),
  HDF5("a Keras/HDF5 file", Advice.CONVERT),
  ELF("a program", "; fetch the real file"),
  TEXT("a text file", "; fetch the real file");

  /** The bytes from the beginning that tell. */
  public static final int HEAD = 512;

  private final String article;
  private final String advice;

  FileSignature(String article, String advice) {
    this.article = article;
    this.advice = advice;
  }

  /** Returns the kind with its article, for example {@code a web page}. */
  public String article() {
    return article;
  }

  /** Returns what to do, beginning with a semicolon. */
  public String advice() {
    return advice;
  }

  /** Recognises a file that is certainly no safetensors file. */
  public static Optional<FileSignature> of(ModelFile file) {
    return of(file.head(HEAD));
  }

  static Optional<FileSignature> of(byte[] head) {
    if (startsWith(head, "PK\u0003\u0004")) {
      return Optional.of(ZIP);
    }
    if (startsWith(head, "GGUF")) {
      return Optional.of(GGUF);
    }
    if (startsWith(head, "\u001f\u008b")) {
      return Optional.of(GZIP);
    }
    if (startsWith(head, "\u0089HDF")) {
      return Optional.of(HDF5);
    }
    if (startsWith(head, "\u007fELF")) {
      return Optional.of(ELF);
    }
    return isPickle(head) ? Optional.of(PICKLE) : ofText(head);
  }

  private static boolean isPickle(byte[] head) {
    boolean protocol = head.length > 2 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    // A safetensors length has zeros in its upper bytes; a pickle has opcodes there.
    return protocol && !(head.length >= 8 && head[6] == 0 && head[7] == 0);
  }

  private static Optional<FileSignature> ofText(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1).strip();
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of(LFS_POINTER);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return Optional.of(HTML);
    }
    boolean printable = head.length > 8 && isPrintable(Arrays.copyOf(head, 8));
    return printable ? Optional.of(TEXT) : Optional.empty();
  }

  private static boolean isPrintable(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] head, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= wanted.length
        && Arrays.equals(wanted, 0, wanted.length, head, 0, wanted.length);
  }

  /** Sentences that several kinds share. */
  private static final class Advice {
    static final String CONVERT =
        ", which can run code when it is loaded and is never opened; convert it with: "
            + Conversion.COMMAND;
  }
}
