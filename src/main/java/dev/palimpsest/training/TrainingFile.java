package dev.palimpsest.training;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the rows of a training file one after the other; its size does not matter. */
public final class TrainingFile {
  /** Longer rows are taken for a file that is no training file. */
  static final int MOST_CHARACTERS_OF_A_ROW = 20_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MOST_CHARACTERS_OF_A_ROW)
                          .build())
                  .build())
          .build();

  private final Path path;

  private TrainingFile(Path path) {
    this.path = path;
  }

  /** Sees the rows of a file as they are read. */
  public interface Reader {
    /** Sees a training example. */
    void row(TrainingRow row);

    /** Sees a row that is none. */
    void fault(RowFault fault);
  }

  /**
   * Opens a file.
   *
   * @throws TrainingException if there is none, or it is a folder or empty
   */
  public static TrainingFile at(Path path) {
    if (!Files.exists(path)) {
      throw TrainingException.ofFile(
          path, "there is no such file; name the file the tune was trained on.");
    }
    if (Files.isDirectory(path)) {
      throw TrainingException.ofFile(
          path, "this is a folder; name the .jsonl or .json file inside it.");
    }
    try {
      if (Files.size(path) == 0) {
        throw TrainingException.ofFile(path, "the file is empty; name one with training examples.");
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return new TrainingFile(path);
  }

  /** Returns where the file lies. */
  public Path path() {
    return path;
  }

  /**
   * Reads every row.
   *
   * @throws TrainingException at the first row that is no training example, or if there is none
   */
  public void rows(Consumer<TrainingRow> consumer) {
    read(
        new Reader() {
          @Override
          public void row(TrainingRow row) {
            consumer.accept(row);
          }

          @Override
          public void fault(RowFault fault) {
            throw TrainingException.ofRow(path, fault);
          }
        });
  }

  /**
   * Reads every row, faulty ones too.
   *
   * @throws TrainingException if the file cannot be read, is no JSON from some place on, or has no
   *     rows
   */
  public void read(Reader reader) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      int seen = beginsAnArray(in) ? array(in, reader) : lines(in, reader);
      if (seen == 0) {
        throw TrainingException.ofFile(path, "it has no rows; name one with training examples.");
      }
    } catch (CharacterCodingException e) {
      throw TrainingException.ofFile(path, "it is not in UTF-8; convert it (iconv -t UTF-8).");
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static boolean beginsAnArray(InputStream in) throws IOException {
    in.mark(4096);
    int next = in.read();
    for (int i = 0; i < 4000 && (Character.isWhitespace(next) || isMark(next)); i++) {
      next = in.read();
    }
    in.reset();
    return next == '[';
  }

  /** One of the three bytes of a byte order mark. */
  private static boolean isMark(int value) {
    return value == 0xEF || value == 0xBB || value == 0xBF;
  }

  private int lines(InputStream in, Reader reader) throws IOException {
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    int line = 0;
    int seen = 0;
    for (String next = line(text); next != null; next = line(text)) {
      line++;
      String row = line == 1 && next.startsWith("\uFEFF") ? next.substring(1) : next;
      if (!row.isBlank()) {
        seen++;
        line(line, row, reader);
      }
    }
    return seen;
  }

  /** Returns the next line, or null at the end; what is no text file ends here, not in memory. */
  private String line(BufferedReader text) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = text.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      if (line.length() > MOST_CHARACTERS_OF_A_ROW) {
        throw TrainingException.ofFile(
            path, "a line has more than 20 million characters; write one JSON object per line.");
      }
      next = text.read();
    }
    return line.toString();
  }

  private static void line(int line, String text, Reader reader) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      reader.fault(new RowFault(line, "", "what is no JSON", "one JSON object on the line"));
      return;
    }
    node(line, node, reader);
  }

  private int array(InputStream in, Reader reader) throws IOException {
    int row = 0;
    try (JsonParser parser = JSON.getFactory().createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        node(row + 1, JSON.readTree(parser), reader);
        row++;
      }
    } catch (JsonProcessingException e) {
      throw TrainingException.ofFile(
          path,
          "it begins as a list and is no JSON after row "
              + row
              + "; was it cut off? Write one JSON object per line, or a whole list.");
    }
    return row;
  }

  private static void node(int row, JsonNode node, Reader reader) {
    TrainingRow read;
    try {
      read = new RowReader(row, node).read();
    } catch (RowReader.FaultyRow e) {
      reader.fault(e.fault());
      return;
    }
    reader.row(read);
  }

  private static TrainingException unreadable(Path path, IOException e) {
    return TrainingException.ofFile(path, "it cannot be read (" + e.getMessage() + ").");
  }
}
