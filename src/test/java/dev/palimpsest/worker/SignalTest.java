package dev.palimpsest.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignalTest {
  /** How Java 17 begins its last words when native code reads address 0. */
  private static final String CRASH = "#  SIGSEGV (0xb) at pc=0x00007f1c2a3b4c5d, pid=77, tid=78";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "139 | signal 11, SIGSEGV",
        "137 | signal 9, SIGKILL",
        "134 | signal 6, SIGABRT",
        "135 | signal 7, SIGBUS",
        "143 | signal 15, SIGTERM",
        "163 | signal 35",
        "1   | exit code 1",
        "128 | exit code 128",
        "255 | exit code 255"
      })
  void anExitCodeIsToldAsWhatItStandsFor(int code, String words) {
    assertThat(WorkerDiedException.exited(code, new LastWords()).how()).isEqualTo(words);
  }

  @Test
  void aJavaThatEndedItselfForACrashIsToldByTheSignalOfTheCrash() {
    assertThat(WorkerDiedException.exited(134, heard(CRASH)).how()).isEqualTo("signal 11, SIGSEGV");
  }

  @Test
  void aKillAfterACrashIsAKill() {
    assertThat(WorkerDiedException.exited(137, heard(CRASH)).how()).isEqualTo("signal 9, SIGKILL");
  }

  @Test
  void aJavaThatTheSystemRefusedMemorySaysSo() {
    String refused = "# There is insufficient memory for the Java Runtime Environment to continue.";
    assertThat(WorkerDiedException.exited(1, heard(refused)))
        .hasMessage(
            "The inference worker stopped (memory ran out), so close something or use bfloat16.");
  }

  private static LastWords heard(String line) {
    LastWords words = new LastWords();
    words.hear("#");
    words.hear(line);
    return words;
  }
}
