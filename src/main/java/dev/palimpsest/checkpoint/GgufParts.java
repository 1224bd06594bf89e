package dev.palimpsest.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a model that llama.cpp split, by their names: NAME-00001-of-00003.gguf and so on.
 */
public final class GgufParts {
  private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
  private static final int MOST = 1000;

  private GgufParts() {}

  /**
   * Returns the parts that a first part's name calls for, itself included; a lone file as it is.
   */
  public static List<Path> of(Path first) {
    Matcher name = PART.matcher(CheckpointLocation.nameOf(first));
    if (!name.matches() || !name.group(2).equals("00001") || number(name) > MOST) {
      return List.of(first);
    }
    List<Path> parts = new ArrayList<>(List.of(first));
    for (int part = 2; part <= number(name); part++) {
      parts.add(
          first.resolveSibling("%s-%05d-of-%s.gguf".formatted(name.group(1), part, name.group(3))));
    }
    return parts;
  }

  private static int number(Matcher name) {
    return Integer.parseInt(name.group(3));
  }

  /** Returns the file, and with a first part the other parts that are there. */
  static List<Path> present(Path first) {
    return of(first).stream().filter(part -> part.equals(first) || Files.exists(part)).toList();
  }

  /** Says whether the files, in the order of their names, are parts of one model. */
  static boolean belongTogether(List<Path> files) {
    return files.size() > 1 && of(files.get(0)).equals(files);
  }
}
