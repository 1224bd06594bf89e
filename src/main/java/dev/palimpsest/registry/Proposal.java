package dev.palimpsest.registry;

import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a folder that was dropped could be added as; a person confirms or corrects it.
 *
 * @param key tells it apart from the others of the same drop
 * @param name proposed, "" if nothing suggests one
 * @param kind proposed
 * @param base the registered base that it seems to be tuned from
 * @param baseKey or that of the same drop, by its key
 * @param why what kind and base were read from, a sentence or ""
 * @param paths the sender's paths of what belongs to it
 * @param wanted how many of them are sent
 * @param bytes the size of those
 * @param sums the sender's path of the SHA256SUMS that is about them
 * @param goesOn the checkpoint under way that was begun with the same files
 */
public record Proposal(
    String key,
    String name,
    Kind kind,
    Optional<String> base,
    Optional<String> baseKey,
    String why,
    List<String> paths,
    int wanted,
    long bytes,
    Optional<String> sums,
    Optional<String> goesOn) {
  public Proposal {
    Objects.requireNonNull(kind, "kind is null");
    paths = List.copyOf(paths);
  }
}
