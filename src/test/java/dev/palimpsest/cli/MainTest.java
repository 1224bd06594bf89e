package dev.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  @Test
  void everyCommandIsFoundByItsNameAlone() {
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      if (!name.equals("help")) {
        assertEquals(Set.of(name), Main.commandLine(name).getSubcommands().keySet(), name);
      }
    }
  }

  @Test
  void theHelpOfOneCommandKnowsAllOthers() {
    assertEquals(
        Main.commandLine().getSubcommands().keySet(),
        Main.commandLine("help", "serve").getSubcommands().keySet());
  }

  @Test
  void aCommandThatDoesNotExistIsToldTheNearest() {
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine("serv");
    command.setErr(new PrintWriter(err, true));

    int code = command.execute("serv");

    assertEquals(ExitCode.USAGE, code);
    assertTrue(err.toString().contains("palimpsest serve"), err::toString);
  }
}
