package dev.palimpsest.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of a command that answers a file of requests with a file of answers. */
final class RequestFiles {
  @Option(
      names = "--requests",
      required = true,
      paramLabel = "IN.jsonl",
      description = "Requests, one JSON object per line.")
  private Path requests;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT.jsonl",
      description = "Where the answers go, in the order of the requests.")
  private Path out;

  Path requests() {
    return requests;
  }

  Path out() {
    return out;
  }
}
