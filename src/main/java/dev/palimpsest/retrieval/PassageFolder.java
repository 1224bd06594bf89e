package dev.palimpsest.retrieval;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Cuts the text files of a folder into passages.
 *
 * <p>Files that end in .txt or .md are read, in the order of their paths, links not followed. Blank
 * lines part paragraphs; short ones are joined to about {@link #WORDS} words, and one of more than
 * twice as many is cut.
 */
public final class PassageFolder {
  /** About as many words has a passage. */
  public static final int WORDS = 120;

  private static final int MOST_PASSAGES = 200_000;
  private static final long MOST_BYTES = 256L << 20;
  private static final int DEPTH = 12;

  private final Path folder;
  private final List<Passage> passages = new ArrayList<>();
  private long bytes;

  private PassageFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads a folder.
   *
   * @return its passages, at least one
   * @throws RetrievalException if it is no folder, holds no text, is too large or not in UTF-8
   */
  public static List<Passage> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RetrievalException(
          "There is no folder " + folder + "; name one that holds .txt or .md files.");
    }
    PassageFolder reader = new PassageFolder(folder);
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(PassageFolder::isText)
          .sorted()
          .forEach(reader::file);
    } catch (IOException e) {
      throw new RetrievalException("The folder " + folder + " cannot be read.", e);
    }
    if (reader.passages.isEmpty()) {
      throw new RetrievalException(
          "The folder "
              + folder
              + " holds no text; passages are taken from files that end in .txt or .md.");
    }
    return List.copyOf(reader.passages);
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".txt") || name.endsWith(".md");
  }

  private void file(Path file) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    try {
      bytes += Files.size(file);
      if (bytes > MOST_BYTES) {
        throw new RetrievalException(
            "The folder " + folder + " holds more than 256 MiB of text; name a smaller one.");
      }
      cut(name, Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new RetrievalException(
          "The file " + name + " is not in UTF-8; convert it (iconv -t UTF-8).", e);
    } catch (IOException e) {
      throw new RetrievalException("The file " + name + " cannot be read.", e);
    }
  }

  private void cut(String name, String text) {
    int number = 0;
    for (String passage : cut(text)) {
      number++;
      passages.add(new Passage(name + " " + number, passage));
    }
    if (passages.size() > MOST_PASSAGES) {
      throw new RetrievalException(
          "The folder " + folder + " holds more than 200,000 passages; name a smaller one.");
    }
  }

  /** Cuts a text into passages. */
  static List<String> cut(String text) {
    List<String> cut = new ArrayList<>();
    List<String> open = new ArrayList<>();
    int words = 0;
    for (String paragraph : text.split("\\R[ \\t]*\\R", -1)) {
      for (String piece : pieces(paragraph.strip())) {
        int more = words(piece);
        if (words > 0 && words + more > WORDS) {
          cut.add(String.join("\n", open));
          open.clear();
          words = 0;
        }
        if (more > 0) {
          open.add(piece);
          words += more;
        }
      }
    }
    if (words > 0) {
      cut.add(String.join("\n", open));
    }
    return cut;
  }

  private static List<String> pieces(String paragraph) {
    if (words(paragraph) <= 2 * WORDS) {
      return List.of(paragraph);
    }
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int words = 0;
    for (String word : paragraph.split("\\s+", -1)) {
      piece.append(words == 0 ? "" : " ").append(word);
      words++;
      if (words == WORDS) {
        pieces.add(piece.toString());
        piece.setLength(0);
        words = 0;
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }
}
