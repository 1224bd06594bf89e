package dev.palimpsest.worker;

import dev.palimpsest.Ending;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The process in which prompts are encoded without a model; it speaks as a worker does. */
public final class EncoderMain {
  private EncoderMain() {}

  /** Serves on standard input and output. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Standard output belongs to the protocol: whatever a library prints goes to standard error.
    System.setOut(System.err);
    Ending.onSignals();
    WorkerServer.serve(
        EncoderRunner::open,
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out));
  }
}
