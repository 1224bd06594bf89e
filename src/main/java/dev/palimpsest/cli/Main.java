package dev.palimpsest.cli;

import dev.palimpsest.Ending;
import dev.palimpsest.UserFacingException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: one class per command in this package, exit codes in {@link ExitCode}. */
@Command(
    name = "palimpsest",
    description = "Audits what fine-tuning did to a language model, item by item and in pairs.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          AuditCommand.class,
          PreflightCommand.class,
          ServeCommand.class,
          UserCommand.class,
          SuitesCommand.class,
          ImportCommand.class,
          JudgeCommand.class,
          RescoreCommand.class,
          CompareCommand.class,
          ExportCommand.class,
          VerifyCommand.class,
          SignCommand.class,
          LogCommand.class,
          KeysCommand.class,
          PublishCommand.class,
          BackupCommand.class,
          RestoreCommand.class,
          PolicyCommand.class,
          LmEvalCommand.class,
          InspectCommand.class,
          DoctorCommand.class,
          ScoreCommand.class,
          GenerateCommand.class,
          LogitsCommand.class,
          KlCommand.class,
          TokenizeCommand.class,
          RenderCommand.class,
          WorkerCommand.class,
          WarmUpCommand.class,
          HelpCommand.class);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    JsonLogProvider.chooseBy(args);
    Ending.onSignals();
    CommandLine command = commandLine(args);
    int code = command.execute(args);
    command.getOut().flush();
    command.getErr().flush();
    Ending.after(code);
  }

  /**
   * Returns the command line that the arguments need: where they begin with the name of a command
   * it holds that one alone, since describing the options of all takes a third of a second.
   *
   * @param args none for all commands
   */
  static CommandLine commandLine(String... args) {
    CommandLine commandLine = new CommandLine(new Main());
    commands(args).forEach(commandLine::addSubcommand);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setExecutionExceptionHandler(Main::explain);
    commandLine.setParameterExceptionHandler(Main::explainUsage);
    return commandLine;
  }

  private static List<Class<?>> commands(String... args) {
    return COMMANDS.stream()
        .filter(command -> command != HelpCommand.class)
        .filter(command -> args.length > 0 && nameOf(command).equals(args[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    Ending.giveWay();
    if (failure instanceof UserFacingException) {
      command.getErr().println(command.getColorScheme().errorText(failure.getMessage()));
      return ExitCode.of(failure);
    }
    throw failure;
  }

  /** One sentence and where to read more: the whole usage would push the sentence out of sight. */
  private static int explainUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText(failure.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
      String name = command.getParent() == null ? "" : " " + command.getCommandName();
      err.println("'palimpsest help" + name + "' says more.");
    }
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "No command is named; './palimpsest demo' is a good first one.");
  }
}
