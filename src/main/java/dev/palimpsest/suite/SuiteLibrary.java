package dev.palimpsest.suite;

import dev.palimpsest.suite.variant.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Suites by id: those that are read once, each when it is first asked for, and those of a shelf,
 * which is asked anew each time. Threads may share it.
 */
public final class SuiteLibrary {
  private final Map<String, LibrarySuite> own;
  private final SuiteShelf shelf;

  private SuiteLibrary(Map<String, LibrarySuite> own, SuiteShelf shelf) {
    this.own = Collections.unmodifiableMap(own);
    this.shelf = shelf;
  }

  /**
   * Returns the suites that come with the program, wherever it is started. Reading all of them and
   * writing their generated items takes about two seconds, which whoever asks for one first waits
   * for.
   */
  public static SuiteLibrary bundled() {
    return Bundled.LIBRARY;
  }

  /**
   * Reads every suite of a folder: each sub-folder that holds a suite.json.
   *
   * @throws SuiteException at the first fault of any of them
   */
  public static SuiteLibrary of(Path folder) {
    SuiteLibrary library = listed(folder);
    library.suites();
    return library;
  }

  /** Reads the suite.json of each folder; the items follow when the suite is asked for. */
  private static SuiteLibrary listed(Path folder) {
    Map<String, LibrarySuite> own = new TreeMap<>();
    for (Path each : suiteFolders(folder)) {
      SuiteInfo info = new SuiteLoader(each).info();
      String name = each.getFileName().toString().replace("/", "");
      if (!info.id().equals(name)) {
        throw new SuiteException(
            name + "/suite.json", 0, "id", "\"" + info.id() + "\"", "the folder's name, " + name);
      }
      own.put(name, new LibrarySuite(info, () -> load(each)));
    }
    return new SuiteLibrary(own, SuiteShelf.EMPTY);
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
    Map<String, LibrarySuite> more = new TreeMap<>(own);
    if (more.put(suite.id(), LibrarySuite.of(suite)) != null) {
      throw new SuiteException(
          suite.id() + "/suite.json",
          0,
          "id",
          "\"" + suite.id() + "\", which another suite has",
          "an id of its own");
    }
    return new SuiteLibrary(more, shelf);
  }

  /** Returns this library with a suite in the place of the one that has its id, if one has. */
  public SuiteLibrary replacing(Suite suite) {
    Map<String, LibrarySuite> more = new TreeMap<>(own);
    more.put(suite.id(), LibrarySuite.of(suite));
    return new SuiteLibrary(more, shelf);
  }

  /** Returns the folder of a suite that comes with the program. */
  static Path bundledFolder(String id) {
    return Bundled.PROBES.resolve(id);
  }

  /** Returns this library and, behind its own suites, those of a shelf as they come and go. */
  public SuiteLibrary with(SuiteShelf other) {
    return new SuiteLibrary(own, other);
  }

  /** Returns all suites in the order of their ids, each in its newest version. */
  public Collection<Suite> suites() {
    return suites(info -> true);
  }

  /** Returns the suites whose suite.json says what is wanted, as above; no other one is read. */
  public Collection<Suite> suites(Predicate<SuiteInfo> wanted) {
    Map<String, Suite> all = new TreeMap<>();
    own.forEach(
        (id, one) -> {
          if (wanted.test(one.info())) {
            all.put(id, one.suite());
          }
        });
    shelf.newest().stream()
        .filter(suite -> !own.containsKey(suite.id()) && wanted.test(suite.info()))
        .forEach(suite -> all.put(suite.id(), suite));
    return Collections.unmodifiableCollection(all.values());
  }

  /**
   * Returns the newest version of the suite with the given id, or of an id such as
   * "knowledge:written" its variant.
   */
  public Optional<Suite> find(String id) {
    return versions(Variant.suite(id)).stream().findFirst().flatMap(suite -> asked(suite, id));
  }

  /**
   * Returns the version of a suite, or of its variant, that has the given content: what was frozen
   * is found after newer versions came.
   *
   * @param digest as {@link Suite#digest} gives it
   */
  public Optional<Suite> find(String id, String digest) {
    return versions(Variant.suite(id)).stream()
        .flatMap(suite -> asked(suite, id).stream())
        .filter(suite -> suite.digest().equals(digest))
        .findFirst();
  }

  /** Returns the versions that there are, what comes with the program before what was added. */
  private List<Suite> versions(String id) {
    LibrarySuite one = own.get(id);
    return one == null
        ? shelf.versions(id)
        : Stream.concat(Stream.of(one.suite()), shelf.versions(id).stream()).toList();
  }

  private static Optional<Suite> asked(Suite suite, String id) {
    return Variant.of(id)
        .map(variant -> Optional.of(suite).filter(variant::suits).map(variant::of))
        .orElse(Optional.of(suite));
  }

  /**
   * Returns the suite with the given id.
   *
   * @throws SuiteException if there is none
   */
  public Suite suite(String id) {
    return find(id)
        .orElseThrow(() -> SuiteException.unknown(id, suites().stream().map(Suite::id).toList()));
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

  /** Lists the bundled suites at first use. */
  private static final class Bundled {
    static final Path PROBES = probes();
    static final SuiteLibrary LIBRARY = listed(PROBES);

    private Bundled() {}

    private static Path probes() {
      URL resource = SuiteLibrary.class.getResource("/probes");
      if (resource == null) {
        throw new IllegalStateException("the jar holds no probes");
      }
      try {
        return path(resource.toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("a class path that is no URI: " + resource, e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The file system of a jar stays open: suites are read from it one by one. */
    private static Path path(URI resource) throws IOException {
      return "jar".equals(resource.getScheme())
          ? FileSystems.newFileSystem(resource, Map.of()).getPath("/probes")
          : Path.of(resource);
    }
  }
}
