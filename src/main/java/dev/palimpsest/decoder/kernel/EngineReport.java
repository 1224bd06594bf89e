package dev.palimpsest.decoder.kernel;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.palimpsest.inference.DecoderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the inference engine says of this machine.
 *
 * @param engine name and version
 * @param devices "cpu", then each GPU it can use
 */
public record EngineReport(String engine, List<String> devices) {
  public EngineReport {
    Objects.requireNonNull(engine, "engine is null");
    devices = List.copyOf(devices);
  }

  /**
   * Loads the engine's native libraries and asks it; fails with a sentence where they cannot be
   * loaded.
   */
  public static EngineReport ask() {
    try {
      Engine engine = Engine.getEngine("PyTorch");
      List<String> devices = new ArrayList<>(List.of("cpu"));
      for (int i = 0; i < engine.getGpuCount(); i++) {
        devices.add("cuda:" + i);
      }
      return new EngineReport("PyTorch " + engine.getVersion(), devices);
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new DecoderException(
          "The inference engine cannot be loaded ("
              + e.getMessage()
              + "); Linux on x86-64 with glibc 2.28 or newer is needed.",
          e);
    }
  }
}
