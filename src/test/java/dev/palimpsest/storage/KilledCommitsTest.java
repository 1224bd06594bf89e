package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that returned survives a kill, also when what was there before is of no more use. */
final class KilledCommitsTest {
  @TempDir Path folder;

  /** H2 would write over old pages after 45 s; here it might do so at once. */
  @ParameterizedTest
  @ValueSource(ints = {150, 211, 302})
  void theLastOneIsThereThoughAllBeforeItAreDead(int commits) throws Exception {
    Process process = start();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < commits; i++) {
        assertThat(lines.readLine()).isEqualTo("committed " + i);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    try (Database database = Database.open(folder)) {
      assertThat(number(database)).isGreaterThanOrEqualTo(commits - 1);
    }
  }

  private static int number(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery("select body from text_body where text_key = 'number'")
                .mapTo(Integer.class)
                .one());
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Commits a higher number until it is killed, and says after each commit that it returned. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      Database database = Database.open(Path.of(args[0]));
      database.write(
          handle -> {
            handle.execute("set retention_time 0");
            handle.execute("insert into text_body (text_key, body) values ('number', '-1')");
          });
      for (int i = 0; ; i++) {
        String number = Integer.toString(i);
        database.write(
            handle ->
                handle.execute("update text_body set body = ? where text_key = 'number'", number));
        System.out.println("committed " + i);
      }
    }
  }
}
