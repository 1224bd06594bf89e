package dev.palimpsest.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A browser by the name that people know it by, from what it says it is. */
final class BrowserName {
  /** In this order: what is built on another browser names that one, too. */
  private static final List<String> BROWSERS =
      List.of("Edg", "OPR", "Firefox", "HeadlessChrome", "Chrome", "Version");

  private static final List<String> SYSTEMS =
      List.of("Windows", "Android", "iPhone", "iPad", "Mac OS X", "CrOS", "Linux");

  private BrowserName() {}

  /** Returns such as "Firefox 140 on Linux"; what says nothing known is returned as it is. */
  static String of(String agent) {
    Optional<String> browser = BROWSERS.stream().flatMap(name -> version(name, agent)).findFirst();
    if (browser.isEmpty()) {
      return agent.isBlank() ? "A browser that does not say what it is" : agent;
    }
    return browser.get()
        + SYSTEMS.stream()
            .filter(agent::contains)
            .findFirst()
            .map(system -> " on " + (system.equals("Mac OS X") ? "macOS" : system))
            .orElse("");
  }

  private static Stream<String> version(String name, String agent) {
    Matcher found = Pattern.compile(name + "/(\\d+)").matcher(agent);
    return found.find() ? Stream.of(known(name) + " " + found.group(1)) : Stream.empty();
  }

  private static String known(String name) {
    return switch (name) {
      case "Edg" -> "Edge";
      case "OPR" -> "Opera";
      case "HeadlessChrome" -> "Chrome without a window";
      case "Version" -> "Safari";
      default -> name;
    };
  }
}
