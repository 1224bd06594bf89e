package dev.palimpsest.prompt;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.palimpsest.Ending;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.inference.DecoderException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The tokenizers library behind one handle.
 *
 * <p>The library is called below DJL's own wrapper, which reports its use to its makers and copies
 * offsets, masks and token texts that are not needed here. The lock keeps the handle from being
 * freed while another thread is inside the library.
 */
final class NativeTokenizer implements AutoCloseable {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private long handle;

  private NativeTokenizer(long handle) {
    this.handle = handle;
  }

  /**
   * Loads a checked definition.
   *
   * @param file the file as the user knows it
   * @param json its content in the format of tokenizer.json
   */
  static NativeTokenizer load(String file, String json) {
    Ending.nativeCodeIsUsed();
    LibUtils.checkStatus();
    try {
      return new NativeTokenizer(TokenizersLibrary.LIB.createTokenizerFromString(json));
    } catch (RuntimeException e) {
      throw refused(file, e);
    }
  }

  private static CheckpointException refused(String file, RuntimeException e) {
    return new CheckpointException(
        file,
        "the tokenizers library refuses it (" + firstLine(e) + "); export the tokenizer again");
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  int[] encode(String text, boolean addSpecialTokens) {
    lock.readLock().lock();
    try {
      return encode(open(), text, addSpecialTokens);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static int[] encode(long handle, String text, boolean addSpecialTokens) {
    try {
      long encoding = TokenizersLibrary.LIB.encode(handle, text, addSpecialTokens);
      try {
        return toInts(TokenizersLibrary.LIB.getTokenIds(encoding));
      } finally {
        TokenizersLibrary.LIB.deleteEncoding(encoding);
      }
    } catch (RuntimeException e) {
      throw new DecoderException(
          "The tokenizer cannot encode this text (%s).".formatted(firstLine(e)), e);
    }
  }

  String decode(int[] ids, boolean skipSpecialTokens) {
    lock.readLock().lock();
    try {
      return TokenizersLibrary.LIB.decode(open(), toLongs(ids), skipSpecialTokens);
    } finally {
      lock.readLock().unlock();
    }
  }

  private long open() {
    if (handle == 0) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    return handle;
  }

  private static int[] toInts(long[] ids) {
    int[] result = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      result[i] = Math.toIntExact(ids[i]);
    }
    return result;
  }

  private static long[] toLongs(int[] ids) {
    long[] result = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      result[i] = ids[i];
    }
    return result;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (handle != 0) {
        TokenizersLibrary.LIB.deleteTokenizer(handle);
        handle = 0;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
