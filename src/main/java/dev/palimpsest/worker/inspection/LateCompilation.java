package dev.palimpsest.worker.inspection;

import java.util.List;

/**
 * Options of Java for processes that live for seconds or leave the arithmetic to native code:
 * compiling what runs a few thousand times to its best costs them more than it saves. Only what is
 * very hot, such as digests and the unpacking of quantised weights, is compiled further.
 */
final class LateCompilation {
  private LateCompilation() {}

  /** Returns the options, which are those of the launcher. */
  static List<String> options() {
    return List.of(
        "-XX:Tier3InvocationThreshold=800",
        "-XX:Tier3MinInvocationThreshold=400",
        "-XX:Tier3CompileThreshold=5000",
        "-XX:Tier4InvocationThreshold=50000",
        "-XX:Tier4MinInvocationThreshold=6000",
        "-XX:Tier4CompileThreshold=150000",
        "-XX:Tier4BackEdgeThreshold=400000");
  }
}
