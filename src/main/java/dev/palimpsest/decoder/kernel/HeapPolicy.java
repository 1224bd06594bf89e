package dev.palimpsest.decoder.kernel;

import com.sun.jna.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the C library to keep freed memory for the next forward pass.
 *
 * <p>A pass allocates and frees the same tensors of some megabytes over and over; by default they
 * go back to the system each time and every page is faulted in again, which costs up to a tenth of
 * the time.
 */
final class HeapPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(HeapPolicy.class);

  /** Parameters of glibc's mallopt(3). */
  private static final int TRIM_THRESHOLD = -1;

  private static final int MMAP_THRESHOLD = -3;

  private static final int KEPT = 512 << 20;

  /** The largest that glibc accepts. */
  private static final int LARGEST_ON_HEAP = 32 << 20;

  private HeapPolicy() {}

  /** Applies the policy; where the C library has no such call, things stay as they are. */
  static void apply() {
    try {
      Function mallopt = Function.getFunction("c", "mallopt");
      mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, KEPT});
      mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, LARGEST_ON_HEAP});
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("No mallopt in the C library", e);
    }
  }
}
