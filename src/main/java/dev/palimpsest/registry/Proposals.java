package dev.palimpsest.registry;

import dev.palimpsest.Wording;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The checkpoints that were dropped together, each with what its files suggest.
 *
 * @param list in the order of their folders, bases before what was tuned from them
 * @param leftOut the sender's paths of what belongs to none of them
 */
public record Proposals(List<Proposal> list, List<String> leftOut) {
  private static final int MAX_NAME = 100;

  /** What trainers and caches call folders of every model alike. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile(
          "(?i)checkpoint-\\d+|final|last|best|adapters?|model|output|weights|[0-9a-f]{40}");

  private static final Pattern CACHE = Pattern.compile("models--(.+?)--(.+)");

  public Proposals {
    list = List.copyOf(list);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Groups dropped files by the folders that hold weights and proposes a name, a kind and a base
   * for each.
   *
   * @param registered the checkpoints that are here, as far as who asks may read of them
   * @param uploads the files of one that is under way
   */
  static Proposals of(
      List<DroppedFile> dropped,
      List<RegisteredCheckpoint> registered,
      Function<String, List<Upload>> uploads) {
    Map<String, List<DroppedFile>> groups = DroppedGroups.of(dropped);
    List<Proposal> proposals = new ArrayList<>();
    Set<String> names =
        registered.stream()
            .map(one -> key(one.name()))
            .collect(Collectors.toCollection(HashSet::new));
    Map<String, String> inTheDrop = new TreeMap<>();
    groups.keySet().forEach(group -> inTheDrop.putIfAbsent(Hints.plain(lastPart(group)), group));
    for (Map.Entry<String, List<DroppedFile>> group : groups.entrySet()) {
      Hints hints = Hints.of(group.getKey(), group.getValue());
      Optional<Proposal> goesOn = goesOn(group, registered, uploads);
      proposals.add(
          goesOn.orElseGet(() -> propose(group, hints, registered, inTheDrop, dropped, names)));
    }
    proposals.sort(
        (one, other) -> Boolean.compare(one.baseKey().isPresent(), other.baseKey().isPresent()));
    Set<String> kept = new HashSet<>();
    proposals.forEach(one -> kept.addAll(one.paths()));
    return new Proposals(
        proposals,
        dropped.stream().map(DroppedFile::path).filter(path -> !kept.contains(path)).toList());
  }

  private static Proposal propose(
      Map.Entry<String, List<DroppedFile>> group,
      Hints hints,
      List<RegisteredCheckpoint> registered,
      Map<String, String> inTheDrop,
      List<DroppedFile> dropped,
      Set<String> taken) {
    Optional<Hints.Base> base = hints.base(registered);
    Optional<Hints.Base> other =
        base.isPresent() ? Optional.empty() : hints.baseAmong(group.getKey(), inTheDrop);
    boolean tuned = base.isPresent() || other.isPresent() || hints.namesABase();
    Kind kind = hints.isAdapter() ? Kind.ADAPTER : tuned ? Kind.FULL : Kind.BASE;
    String why = base.or(() -> other).map(Hints.Base::why).orElseGet(hints::whyNoBase);
    return new Proposal(
        group.getKey(),
        free(name(group.getKey(), hints), taken),
        kind,
        base.map(Hints.Base::id),
        other.map(Hints.Base::id),
        why,
        paths(group.getValue()),
        wanted(group.getValue()).size(),
        bytes(group.getValue()),
        sums(group.getKey(), dropped),
        Optional.empty());
  }

  private static List<String> paths(List<DroppedFile> files) {
    return files.stream().map(DroppedFile::path).toList();
  }

  private static List<DroppedFile> wanted(List<DroppedFile> files) {
    return files.stream().filter(file -> FileTypes.isKept(file.path())).toList();
  }

  private static long bytes(List<DroppedFile> files) {
    return wanted(files).stream().mapToLong(DroppedFile::size).sum();
  }

  /** Who drops the same folder again means the upload that stopped. */
  private static Optional<Proposal> goesOn(
      Map.Entry<String, List<DroppedFile>> group,
      List<RegisteredCheckpoint> registered,
      Function<String, List<Upload>> uploads) {
    Set<String> files = sized(group.getKey(), group.getValue());
    return registered.stream()
        .filter(one -> one.state() == State.UPLOADING)
        .filter(one -> sized(uploads.apply(one.id())).equals(files))
        .findFirst()
        .map(
            one ->
                new Proposal(
                    group.getKey(),
                    one.name(),
                    one.kind(),
                    one.baseId(),
                    Optional.empty(),
                    "This upload was begun before and goes on where it stopped.",
                    paths(group.getValue()),
                    wanted(group.getValue()).size(),
                    bytes(group.getValue()),
                    Optional.empty(),
                    Optional.of(one.id())));
  }

  private static Set<String> sized(String group, List<DroppedFile> files) {
    String folder = DroppedGroups.folder(group);
    int cut = folder.isEmpty() ? 0 : folder.length() + 1;
    return wanted(files).stream()
        .map(file -> file.size() + " " + file.path().substring(cut))
        .collect(Collectors.toSet());
  }

  private static Set<String> sized(List<Upload> files) {
    return files.stream()
        .map(file -> file.length() + " " + file.path())
        .collect(Collectors.toSet());
  }

  /** The sums that lie in the folder, or in the nearest one above it. */
  private static Optional<String> sums(String group, List<DroppedFile> dropped) {
    String folder = DroppedGroups.folder(group);
    return dropped.stream()
        .filter(file -> isSums(file.name()))
        .filter(
            file ->
                file.folder().isEmpty()
                    || folder.equals(file.folder())
                    || folder.startsWith(file.folder() + "/"))
        .max((one, other) -> Integer.compare(one.folder().length(), other.folder().length()))
        .map(DroppedFile::path);
  }

  private static boolean isSums(String name) {
    return name.equalsIgnoreCase("SHA256SUMS") || name.equalsIgnoreCase("SHA256SUMS.txt");
  }

  private static String name(String group, Hints hints) {
    String last = lastPart(group);
    String above = lastPart(DroppedGroups.parent(group));
    Matcher cache = CACHE.matcher(DroppedGroups.cacheFolder(group));
    if (cache.matches()) {
      return cache.group(1) + "/" + cache.group(2);
    }
    if (!SAYS_NOTHING.matcher(last).matches()) {
      return last;
    }
    return hints.modelName().orElse(above.isEmpty() ? last : above + "/" + last);
  }

  private static String lastPart(String group) {
    String plain =
        group.toLowerCase(Locale.ROOT).endsWith(".gguf")
            ? group.substring(0, group.length() - 5)
            : group;
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  private static String free(String name, Set<String> taken) {
    String readable =
        Wording.readable(name, MAX_NAME - 4).replace("\uFFFD", "").replace("…", "").strip();
    String free = readable;
    for (int i = 2; !free.isEmpty() && !taken.add(key(free)); i++) {
      free = readable + " " + i;
    }
    return free;
  }

  private static String key(String name) {
    return CheckpointRows.key(name);
  }
}
