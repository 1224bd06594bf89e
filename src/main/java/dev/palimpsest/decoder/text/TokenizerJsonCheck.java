package dev.palimpsest.decoder.text;

/** What a tokenizer definition has to satisfy before native code sees it. */
final class TokenizerJsonCheck {
  private TokenizerJsonCheck() {}

  static void check(TokenizerJson json) {}

  static void checkShape(String file, com.fasterxml.jackson.databind.node.ObjectNode root) {}

  static void checkFits(TokenizerJson json, int rows) {}
}
