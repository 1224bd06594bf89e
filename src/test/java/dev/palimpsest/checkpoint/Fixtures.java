package dev.palimpsest.checkpoint;

import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Small checkpoints that Hugging Face's libraries wrote. */
public final class Fixtures {
  private Fixtures() {}

  public static Path path(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/checkpoint/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Copies a fixture folder so that a test may break it. */
  public static Path copy(String name, Path into) {
    Path source = path(name);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = into.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
      return into;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static float[] read(TensorStore tensors, String name) {
    float[] numbers = new float[(int) tensors.info(name).elements()];
    tensors.readFloat32(name, FloatBuffer.wrap(numbers));
    return numbers;
  }
}
