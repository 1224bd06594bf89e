package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.bundle.Members;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/** The statements of a bundle, each signed by one of the keys. */
final class SignedStatements {
  private final List<Statement> all = new ArrayList<>();
  private final List<Envelope> envelopes = new ArrayList<>();
  private final List<String> payloads = new ArrayList<>();
  private final Set<String> signers = new HashSet<>();

  private SignedStatements() {}

  /** Reads the statements; nothing in one whose signature does not hold is looked at. */
  static SignedStatements read(BundleFile bundle, PublicKeys keys) {
    SignedStatements statements = new SignedStatements();
    bundle.lines(
        Members.STATEMENTS,
        (line, number) -> {
          String name = "Line " + number + " of " + Members.STATEMENTS;
          Envelope envelope = Envelope.parse(line, name);
          statements.signers.add(
              envelope
                  .signer(keys)
                  .orElseThrow(
                      () ->
                          new IntegrityException(
                              name + " is not signed by any of the keys it is checked with.")));
          statements.envelopes.add(envelope);
          statements.payloads.add(envelope.digest());
          statements.all.add(Statement.of(envelope, name));
        });
    return statements;
  }

  /** Returns the statements of a type. */
  List<Statement> of(String predicateType) {
    return all.stream().filter(one -> one.predicateType().equals(predicateType)).toList();
  }

  /** Calls the consumer with each statement of a type and its envelope. */
  void forEach(String predicateType, BiConsumer<Statement, Envelope> consumer) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).predicateType().equals(predicateType)) {
        consumer.accept(all.get(i), envelopes.get(i));
      }
    }
  }

  /** Returns the sha256 of each payload. */
  List<String> payloads() {
    return List.copyOf(payloads);
  }

  /** Returns the ids of the keys of installations that signed. */
  Set<String> signers() {
    return signers;
  }

  int count() {
    return all.size();
  }

  /**
   * Fails unless one statement closes the bundle and names the members and the other statements,
   * neither more nor fewer.
   *
   * @param digests of all members
   */
  Statement requireClosed(SortedMap<String, String> digests) {
    List<Statement> closing = of(Statement.BUNDLE);
    if (closing.size() != 1) {
      throw new IntegrityException(
          closing.isEmpty()
              ? "No statement says which files belong to the bundle."
              : "Two statements say which files belong to the bundle.");
    }
    Statement bundle = closing.get(0);
    requireMembers(bundle, digests);
    requireStatements(bundle);
    return bundle;
  }

  private static void requireMembers(Statement bundle, SortedMap<String, String> digests) {
    bundle
        .subjects()
        .forEach(
            (name, digest) -> {
              if (!digests.containsKey(name)) {
                throw new IntegrityException(
                    "The bundle lacks " + name + ", which was signed with it.");
              }
              if (!digests.get(name).equals(digest)) {
                throw new IntegrityException(
                    name + " was changed: its sha256 is not the one that was signed.");
              }
            });
    digests.keySet().stream()
        .filter(name -> !bundle.subjects().containsKey(name))
        .filter(name -> !name.equals(Members.STATEMENTS) && !name.equals(Members.SUMS))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IntegrityException(name + " was added: it was not signed with the bundle.");
            });
  }

  private void requireStatements(Statement bundle) {
    List<String> signed = new ArrayList<>();
    for (JsonNode one : bundle.tree().path("statements")) {
      signed.add(one.asText());
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).predicateType().equals(Statement.BUNDLE)) {
        found.add(payloads.get(i));
      }
    }
    if (!found.equals(signed)) {
      throw new IntegrityException(
          "A statement was added to "
              + Members.STATEMENTS
              + " or taken out of it: "
              + signed.size()
              + " were signed with the bundle, it holds "
              + found.size()
              + (found.size() == signed.size() ? ", other ones or in another order." : "."));
    }
  }
}
