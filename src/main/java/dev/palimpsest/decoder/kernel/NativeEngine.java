package dev.palimpsest.decoder.kernel;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.palimpsest.Ending;
import dev.palimpsest.inference.DecoderException;
import java.util.function.Supplier;

/** The native engine, started once per process. */
public final class NativeEngine {
  private static final String THREADS = "ai.djl.pytorch.num_threads";
  private static final String POOLS = "ai.djl.pytorch.num_interop_threads";

  private static boolean started;

  private NativeEngine() {}

  /**
   * Sets how many threads one operation that the calling thread asks for may use.
   *
   * <p>One is the default: on contended cores two are several times slower than one.
   */
  public static void useThreads(int threads) {
    if (threads < 1) {
      throw new DecoderException(
          "The number of threads should be at least 1, not " + threads + ".");
    }
    start();
    JniUtils.setNumThreads(threads);
  }

  /** Returns the engine's name and version. */
  public static String version() {
    return "PyTorch " + start().getVersion();
  }

  /** Does what allocates weights that stay; nothing that it frees on the way is kept. */
  public static <T> T loading(Supplier<T> load) {
    start();
    HeapPolicy.LOADING.apply();
    try {
      return load.get();
    } finally {
      HeapPolicy.PASSES.apply();
    }
  }

  /** Tells whether there is a GPU, on which everything is computed then. */
  static boolean hasGpu() {
    return start().getGpuCount() > 0;
  }

  /** Opens a scope for native memory on the first GPU, or on the CPU if there is none. */
  static PtNDManager newManager() {
    Device device = hasGpu() ? Device.gpu(0) : Device.cpu();
    return (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
  }

  private static synchronized Engine start() {
    setDefault(THREADS, "1");
    setDefault(POOLS, "1");
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    try {
      if (!started) {
        Ending.nativeCodeIsUsed();
        HeapPolicy.PASSES.apply();
        started = true;
      }
      return Engine.getEngine("PyTorch");
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new DecoderException(
          "The inference engine cannot be loaded ("
              + e.getMessage()
              + "); 'palimpsest doctor' says what this machine lacks.",
          e);
    }
  }

  private static void setDefault(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
