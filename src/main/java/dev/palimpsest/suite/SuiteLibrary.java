package dev.palimpsest.suite;

import dev.palimpsest.suite.variant.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Suites by id, read once. Immutable, so threads may share it. */
public final class SuiteLibrary {
  private final Map<String, Suite> suites;

  private SuiteLibrary(Map<String, Suite> suites) {
    this.suites = Collections.unmodifiableMap(suites);
  }

  /** Returns the suites that come with the program, wherever it is started. */
  public static SuiteLibrary bundled() {
    return Bundled.LIBRARY;
  }

  /**
   * Reads every suite of a folder: each sub-folder that holds a suite.json.
   *
   * @throws SuiteException at the first fault of any of them
   */
  public static SuiteLibrary of(Path folder) {
    Map<String, Suite> suites = new TreeMap<>();
    for (Path each : suiteFolders(folder)) {
      Suite suite = load(each);
      String name = each.getFileName().toString().replace("/", "");
      if (!suite.id().equals(name)) {
        throw new SuiteException(
            name + "/suite.json", 0, "id", "\"" + suite.id() + "\"", "the folder's name, " + name);
      }
      suites.put(suite.id(), suite);
    }
    return new SuiteLibrary(suites);
  }

  /**
   * Reads one suite from any folder that holds suite.json and items.jsonl.
   *
   * @throws SuiteException at the first fault
   */
  public static Suite load(Path folder) {
    return new SuiteLoader(folder).load();
  }

  /**
   * Returns this library and one more suite.
   *
   * @throws SuiteException if a suite of that id is there already
   */
  public SuiteLibrary with(Suite suite) {
    Map<String, Suite> more = new TreeMap<>(suites);
    if (more.put(suite.id(), suite) != null) {
      throw new SuiteException(
          suite.id() + "/suite.json",
          0,
          "id",
          "\"" + suite.id() + "\", which another suite has",
          "an id of its own");
    }
    return new SuiteLibrary(more);
  }

  /** Returns this library with a suite in the place of the one that has its id, if one has. */
  public SuiteLibrary replacing(Suite suite) {
    Map<String, Suite> more = new TreeMap<>(suites);
    more.put(suite.id(), suite);
    return new SuiteLibrary(more);
  }

  /** Hands the folder of a suite that comes with the program to a reader. */
  static <T> T inBundledFolder(String id, Function<Path, T> reader) {
    return Bundled.with(probes -> reader.apply(probes.resolve(id)));
  }

  /** Returns all suites in the order of their ids. */
  public Collection<Suite> suites() {
    return suites.values();
  }

  /** Returns the suite with the given id, or of an id such as "knowledge:written" its variant. */
  public Optional<Suite> find(String id) {
    Optional<Suite> suite = Optional.ofNullable(suites.get(Variant.suite(id)));
    return Variant.of(id)
        .map(variant -> suite.filter(variant::suits).map(variant::of))
        .orElse(suite);
  }

  /**
   * Returns the suite with the given id.
   *
   * @throws SuiteException if there is none
   */
  public Suite suite(String id) {
    return find(id).orElseThrow(() -> SuiteException.unknown(id, suites.keySet()));
  }

  private static Collection<Path> suiteFolders(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> Files.isRegularFile(child.resolve("suite.json")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SuiteException(
          String.valueOf(folder.getFileName()), 0, "", "no readable folder", "a folder of suites");
    }
  }

  /** Reads the bundled suites at first use. */
  private static final class Bundled {
    static final SuiteLibrary LIBRARY = read();

    private Bundled() {}

    private static SuiteLibrary read() {
      return with(SuiteLibrary::of);
    }

    static <T> T with(Function<Path, T> reader) {
      URL resource = SuiteLibrary.class.getResource("/probes");
      if (resource == null) {
        throw new IllegalStateException("the jar holds no probes");
      }
      try {
        return with(resource.toURI(), reader);
      } catch (URISyntaxException e) {
        throw new IllegalStateException("a class path that is no URI: " + resource, e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static <T> T with(URI resource, Function<Path, T> reader) throws IOException {
      if (!"jar".equals(resource.getScheme())) {
        return reader.apply(Path.of(resource));
      }
      try (FileSystem jar = FileSystems.newFileSystem(resource, Map.of())) {
        return reader.apply(jar.getPath("/probes"));
      }
    }
  }
}
