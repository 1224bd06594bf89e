package dev.palimpsest.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the dropped files belong together: each folder that holds weights is a checkpoint, with
 * what lies below it and in no other one. A folder of several GGUF files is one for each, whose
 * parts stay together.
 */
final class DroppedGroups {
  private static final Pattern PART = Pattern.compile("(?i)(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
  private static final String SAFETENSORS = ".safetensors";
  private static final String GGUF = ".gguf";

  private DroppedGroups() {}

  /** Returns the files of each checkpoint by its folder, or by the path of a lone GGUF file. */
  static Map<String, List<DroppedFile>> of(List<DroppedFile> dropped) {
    Set<String> folders = new TreeSet<>();
    for (DroppedFile file : dropped) {
      if (FileTypes.isWeights(file.path())) {
        folders.add(file.folder());
      }
    }
    if (folders.isEmpty()) {
      // Whoever declares them is told what is missing.
      return dropped.isEmpty() ? Map.of() : Map.of(top(dropped), List.copyOf(dropped));
    }
    Map<String, List<DroppedFile>> byFolder = new TreeMap<>();
    for (DroppedFile file : dropped) {
      String home = home(file.folder(), folders);
      if (home != null) {
        byFolder.computeIfAbsent(home, any -> new ArrayList<>()).add(file);
      }
    }
    Map<String, List<DroppedFile>> groups = new LinkedHashMap<>();
    byFolder.forEach((folder, files) -> split(folder, files, groups));
    return groups;
  }

  private static String top(List<DroppedFile> dropped) {
    String path = dropped.get(0).path();
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String home(String folder, Set<String> folders) {
    for (String home = folder; ; home = home.substring(0, Math.max(0, home.lastIndexOf('/')))) {
      if (folders.contains(home)) {
        return home;
      }
      if (home.isEmpty()) {
        return null;
      }
    }
  }

  private static void split(
      String folder, List<DroppedFile> files, Map<String, List<DroppedFile>> groups) {
    Map<String, List<DroppedFile>> models = new TreeMap<>();
    boolean mixed = false;
    for (DroppedFile file : files) {
      String lower = file.name().toLowerCase(Locale.ROOT);
      if (lower.endsWith(GGUF) && file.folder().equals(folder)) {
        models.computeIfAbsent(first(file), any -> new ArrayList<>()).add(file);
      }
      mixed |= lower.endsWith(SAFETENSORS);
    }
    if (mixed || models.isEmpty() || (models.size() == 1 && !folder.isEmpty())) {
      groups.put(folder, files);
    } else if (models.size() == 1) {
      groups.put(models.keySet().iterator().next(), files);
    } else {
      groups.putAll(models);
    }
  }

  /** Returns the path of the first part, under which all parts are found. */
  private static String first(DroppedFile file) {
    Matcher part = PART.matcher(file.path());
    return part.matches() ? part.group(1) + "-00001-of-" + part.group(3) + GGUF : file.path();
  }

  /** Returns the folder of a group. */
  static String folder(String group) {
    return group.toLowerCase(Locale.ROOT).endsWith(GGUF) ? parent(group) : group;
  }

  /** Returns what is above a folder or file, "" for nothing. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Returns the folder of the Hugging Face cache that a path leads through, "" for none. */
  static String cacheFolder(String path) {
    for (String part : path.split("/", -1)) {
      if (part.startsWith("models--")) {
        return part;
      }
    }
    return "";
  }

  /** Returns the names of a group's files. */
  static Set<String> names(List<DroppedFile> files) {
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(file.name()));
    return names;
  }
}
