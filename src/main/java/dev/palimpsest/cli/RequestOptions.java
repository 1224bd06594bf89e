package dev.palimpsest.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of the commands that answer a file of requests with a model in this process. */
class RequestOptions extends RunOptions {
  @Option(
      names = "--requests",
      paramLabel = "IN.jsonl",
      required = true,
      description = "Requests, one JSON object per line.")
  private Path requests;

  @Option(
      names = "--out",
      paramLabel = "OUT.jsonl",
      required = true,
      description = "Answers, in the order of the requests; replaced only when all is done.")
  private Path out;

  final Path requests() {
    return requests;
  }

  final Path out() {
    return out;
  }
}
