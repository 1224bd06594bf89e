package dev.palimpsest.decoder.kernel;

import com.sun.jna.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the C library what to do with freed memory.
 *
 * <p>Weights that are laid out anew while a model is loaded leave gaps behind that no later one
 * fits; forward passes allocate and free the same tensors of some megabytes over and over.
 */
enum HeapPolicy {
  /** What is freed goes back to the system: each tensor of some size has pages of its own. */
  LOADING(1 << 20),

  /**
   * What is freed is kept for the next pass. Otherwise every page would be faulted in again, which
   * costs up to a tenth of the time.
   */
  PASSES(32 << 20); // the largest that glibc accepts

  private static final Logger LOG = LoggerFactory.getLogger(HeapPolicy.class);

  /** Parameters of glibc's mallopt(3). */
  private static final int TRIM_THRESHOLD = -1;

  private static final int MMAP_THRESHOLD = -3;

  private static final int KEPT = 512 << 20;

  private final int largestOnHeap;

  HeapPolicy(int largestOnHeap) {
    this.largestOnHeap = largestOnHeap;
  }

  /**
   * Gives back what is free now and applies the policy; where the C library has no such calls,
   * things stay as they are.
   */
  void apply() {
    try {
      call("malloc_trim", 0L);
      call("mallopt", TRIM_THRESHOLD, KEPT);
      call("mallopt", MMAP_THRESHOLD, largestOnHeap);
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("Memory is kept and given back as the C library likes", e);
    }
  }

  private static void call(String function, Object... arguments) {
    Function.getFunction("c", function).invokeInt(arguments);
  }
}
