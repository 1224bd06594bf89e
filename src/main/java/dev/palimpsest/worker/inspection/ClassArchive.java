package dev.palimpsest.worker.inspection;

import java.util.List;

/** The archive of classes that the launcher made, which child processes start faster with too. */
final class ClassArchive {
  /** Names the archive; set by the launcher. */
  private static final String PROPERTY = "palimpsest.archive";

  private ClassArchive() {}

  /** Returns the options of Java that use it; Java starts without one that does not fit. */
  static List<String> options() {
    String archive = System.getProperty(PROPERTY);
    return archive == null
        ? List.of("-Xshare:auto")
        : List.of(
            "-Xshare:auto",
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Xlog:class+path=off",
            "-D" + PROPERTY + "=" + archive);
  }
}
