package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file preflight.json in a folder. */
final class PreflightFile {
  private PreflightFile() {}

  static void write(OutputFolder folder, ObjectNode content, PrintWriter out) {
    Path file = folder.path().resolve("preflight.json");
    try {
      Files.writeString(file, content.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new OutputException(
          "preflight.json cannot be written to " + folder.path() + "; has its disk room?", e);
    }
    out.println("Written: " + file);
  }
}
