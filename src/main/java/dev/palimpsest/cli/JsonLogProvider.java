package dev.palimpsest.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Writes the log as JSON, where the command line asks for it; otherwise it is never loaded. */
public final class JsonLogProvider implements SLF4JServiceProvider {
  static final String JSON = "json";
  private static final String OPTION = "--log";

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new BasicMDCAdapter();
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final LogLevels levels = LogLevels.read();

  /** Has the log written as JSON if the arguments say so; comes before anything logs. */
  static void chooseBy(String[] arguments) {
    List<String> given = Arrays.asList(arguments);
    int at = given.indexOf(OPTION);
    boolean json =
        given.contains(OPTION + "=" + JSON)
            || (at >= 0 && at + 1 < given.size() && given.get(at + 1).equals(JSON));
    if (json) {
      System.setProperty("slf4j.provider", JsonLogProvider.class.getName());
      System.setProperty("slf4j.internal.verbosity", "WARN"); // it would tell of its choice
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name ->
        loggers.computeIfAbsent(name, one -> new JsonLogger(one, levels.of(one), context));
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
