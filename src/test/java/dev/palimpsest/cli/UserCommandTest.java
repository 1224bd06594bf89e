package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command user. */
final class UserCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path password;

  @BeforeEach
  void writePassword() throws Exception {
    password = Files.writeString(folder.resolve("password"), "three plain words\n");
  }

  private int user(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(
                Stream.concat(Stream.of("user"), Stream.of(arguments)),
                Stream.of("--data", folder.resolve("data").toString()))
            .toArray(String[]::new));
  }

  private int add(String name, String role) {
    return user("add", name, "--role", role, "--password-file", password.toString());
  }

  @Test
  void theFirstUserHasToBeAnAdministrator() {
    assertThat(add("ben", "viewer")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("There has to be an administrator");
    assertThat(add("ada", "administrator")).isZero();
    assertThat(add("ben", "viewer")).isZero();
    assertThat(user("list")).isZero();
    assertThat(out.toString())
        .containsPattern("ada +administrator +active +ada")
        .containsPattern("ben +viewer +active +ben");
  }

  @Test
  void aUserGetsAnotherRoleIsDisabledAndEnabled() {
    add("ada", "administrator");
    add("ben", "viewer");
    assertThat(user("role", "ben", "approver")).isZero();
    assertThat(user("disable", "ben")).isZero();
    assertThat(user("list")).isZero();
    assertThat(out.toString()).containsPattern("ben +approver +disabled");
    assertThat(user("enable", "ben")).isZero();
    assertThat(user("password", "ben", "--password-file", password.toString())).isZero();
    assertThat(user("disable", "ada")).isEqualTo(ExitCode.USAGE);
    assertThat(user("disable", "eve")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("There is no user eve");
  }

  @Test
  void aRoleThatThereIsNotAndAWeakPasswordAreRefused() throws Exception {
    assertThat(add("ada", "root")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("choose one of viewer, auditor, approver, administrator");
    Files.writeString(password, "short\n");
    assertThat(add("ada", "administrator")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("at least 15 characters");
  }
}
