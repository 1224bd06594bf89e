package dev.palimpsest.worker.inspection;

import java.util.ArrayList;
import java.util.List;

/** How child processes are run with the Java of this process. */
public final class ChildJava {
  private static final int FIRST_RELEASE_THAT_ASKS_FOR_NATIVE_ACCESS = 22;

  private ChildJava() {}

  /** Returns the program that runs this process. */
  public static String binary() {
    return ProcessHandle.current()
        .info()
        .command()
        .orElse(System.getProperty("java.home") + "/bin/java");
  }

  /** Returns the options that every child process is started with, whatever it does. */
  public static List<String> options() {
    List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC"));
    options.addAll(ClassArchive.options());
    options.addAll(LateCompilation.options());
    options.add("-Djava.awt.headless=true");
    if (Runtime.version().feature() >= FIRST_RELEASE_THAT_ASKS_FOR_NATIVE_ACCESS) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }
}
