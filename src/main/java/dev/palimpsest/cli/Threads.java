package dev.palimpsest.cli;

/** How many threads a command uses when it is not told. */
final class Threads {
  private Threads() {}

  /**
   * Returns what OMP_NUM_THREADS says, as the field's other programs understand it, or all cores.
   */
  static int usual() {
    String told = System.getenv("OMP_NUM_THREADS");
    return told != null && told.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(told)
        : Runtime.getRuntime().availableProcessors();
  }
}
