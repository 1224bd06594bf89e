package dev.palimpsest.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import org.slf4j.event.Level;

/** Which level each logger tells from on, by the settings of the log for people. */
final class LogLevels {
  private static final String SETTINGS = "/simplelogger.properties";
  private static final String PREFIX = "org.slf4j.simpleLogger.";
  private static final String REQUESTS = "dev.palimpsest.requests";
  private static final int NEVER = Level.ERROR.toInt() + 1;

  private final Properties settings;

  private LogLevels(Properties settings) {
    this.settings = settings;
  }

  static LogLevels read() {
    Properties settings = new Properties();
    try (InputStream in = LogLevels.class.getResourceAsStream(SETTINGS)) {
      settings.load(in);
      return new LogLevels(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requests are told here, though people would be told too much by them. */
  int of(String logger) {
    if (logger.equals(REQUESTS)) {
      return Level.INFO.toInt();
    }
    String name = logger;
    while (!name.isEmpty()) {
      String level = settings.getProperty(PREFIX + "log." + name);
      if (level != null) {
        return number(level);
      }
      name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
    return number(settings.getProperty(PREFIX + "defaultLogLevel", "warn"));
  }

  private static int number(String level) {
    return level.equals("off") ? NEVER : Level.valueOf(level.toUpperCase(Locale.ROOT)).toInt();
  }
}
