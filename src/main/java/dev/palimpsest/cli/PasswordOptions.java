package dev.palimpsest.cli;

import dev.palimpsest.account.AccountException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Option;

/**
 * Where a password comes from; never the command line, which every user of the machine can read.
 */
final class PasswordOptions {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password; without it, it is asked for.")
  private Path file;

  String read() {
    return file == null ? ask() : firstLine();
  }

  private String firstLine() {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String line = lines.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new AccountException(
          "The file " + file + " cannot be read; give one whose first line is the password.");
    }
  }

  /** From Java 22 on there is always a console; without a terminal it reads the standard input. */
  @SuppressWarnings("SystemConsoleNull")
  private static String ask() {
    Console console = System.console();
    if (console == null) {
      throw new AccountException(
          "There is no terminal to ask for the password; give --password-file.");
    }
    char[] once = console.readPassword("Password, at least 15 characters: ");
    char[] again = console.readPassword("The same again: ");
    if (once == null || !Arrays.equals(once, again)) {
      throw new AccountException("The two passwords are not the same; try again.");
    }
    return new String(once);
  }
}
