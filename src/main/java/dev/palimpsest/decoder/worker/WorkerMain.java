package dev.palimpsest.decoder.worker;

import dev.palimpsest.decoder.LocalRunner;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The worker process. */
public final class WorkerMain {
  private WorkerMain() {}

  /** Serves on standard input and output; takes no arguments. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Standard output belongs to the protocol: whatever a library prints goes to standard error.
    System.setOut(System.err);
    WorkerServer.serve(
        LocalRunner::open,
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out));
  }
}
