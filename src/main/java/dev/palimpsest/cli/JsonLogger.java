package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.UserFacingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.MDCAdapter;

/**
 * Writes a JSON object a line to the error stream: time, level, logger, message, what is said
 * beside it, and of a failure its kind and where it came from. What a failure itself says is left
 * out unless it is a sentence for people: libraries quote in it what they could not read.
 */
final class JsonLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1;
  private static final int FRAMES = 12;
  private static final int CAUSES = 5;

  private final int least;
  private final transient MDCAdapter context;

  JsonLogger(String name, int least, MDCAdapter context) {
    this.name = name;
    this.least = least;
    this.context = context;
  }

  private boolean tells(Level level) {
    return level.toInt() >= least;
  }

  @Override
  public boolean isTraceEnabled() {
    return tells(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return tells(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return tells(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return tells(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return tells(Level.ERROR);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return JsonLogger.class.getName();
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
    write(level, pattern, arguments, List.of(), failure);
  }

  @Override
  public void log(LoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    write(
        event.getLevel(),
        event.getMessage(),
        event.getArgumentArray(),
        pairs == null ? List.of() : pairs,
        event.getThrowable());
  }

  private void write(
      Level level,
      String pattern,
      Object[] arguments,
      List<KeyValuePair> pairs,
      Throwable failure) {
    if (!tells(level)) {
      return;
    }
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("level", level.name());
    line.put("logger", name);
    line.put("message", MessageFormatter.basicArrayFormat(pattern, arguments));
    Map<String, String> about = context.getCopyOfContextMap();
    if (about != null) {
      about.forEach(line::put);
    }
    pairs.forEach(pair -> line.set(pair.key, Json.mapper().valueToTree(pair.value)));
    if (failure != null) {
      tell(line, failure);
    }
    System.err.println(line);
  }

  private static void tell(ObjectNode line, Throwable failure) {
    StringBuilder kinds = new StringBuilder();
    Throwable cause = failure;
    for (int i = 0; cause != null && i < CAUSES; i++) {
      kinds.append(i == 0 ? "" : " < ").append(cause.getClass().getName());
      cause = cause.getCause();
    }
    line.put("failure", kinds.toString());
    if (failure instanceof UserFacingException) {
      line.put("sentence", failure.getMessage());
    }
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      line.withArray("at").add(frames[i].toString());
    }
  }
}
