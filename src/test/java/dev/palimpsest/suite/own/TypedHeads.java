package dev.palimpsest.suite.own;

/** What a person types into the form. */
final class TypedHeads {
  private TypedHeads() {}

  static OwnHead choice(String id, String version) {
    return of(id, version, OwnKind.CHOICE);
  }

  static OwnHead of(String id, String version, OwnKind kind) {
    return new OwnHead(id, version, "The sea", "", kind, "5", false, "", "", "", "", "", "");
  }
}
