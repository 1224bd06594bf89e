package dev.palimpsest.suite.own;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.MarginForm;
import dev.palimpsest.suite.SuiteDraft;
import dev.palimpsest.suite.SuiteInfo;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;

/**
 * What somebody typed about a suite; nothing is checked yet.
 *
 * @param id "" if nothing was typed, like every field
 * @param version three numbers
 * @param capability a word or a few; made of the id where empty
 * @param kind of all items
 * @param margin in points
 * @param skill whether the tune was made for it
 * @param marginForm the name of a form, "" for letters; of margin items only
 */
public record OwnHead(
    String id,
    String version,
    String title,
    String capability,
    OwnKind kind,
    String margin,
    boolean skill,
    String description,
    String language,
    String license,
    String source,
    String answerPrefix,
    String marginForm) {
  private static final String FORMAT = "palimpsest-suite/1";
  private static final String POINTS = "\\d{1,2}([.,]\\d{1,2})?";

  /** Three numbers that fit into an int. */
  static final String VERSION = "(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}";

  private static final double STAND_IN_MARGIN = 0.05;

  /** Returns the same with another version. */
  public OwnHead version(String other) {
    return new OwnHead(
        id,
        other,
        title,
        capability,
        kind,
        margin,
        skill,
        description,
        language,
        license,
        source,
        answerPrefix,
        marginForm);
  }

  /** Writes suite.json; what is wrong is still in it. */
  ObjectNode json(double chance) {
    ObjectNode suite = Json.mapper().createObjectNode();
    suite.put("format", FORMAT).put("id", id).put("version", version).put("title", title);
    suite.put("capability", capabilityName());
    suite.put("description", description.isEmpty() ? title : description);
    suite.put("language", language.isEmpty() ? "en" : language);
    suite.put("license", license.isEmpty() ? "not stated" : license);
    suite.put("source", source.isEmpty() ? "made in this installation" : source);
    suite.put("metric", kind.metric().label()).put("defaultMargin", share());
    if (chance > 0) {
      suite.put("chance", chance);
    }
    if (!answerPrefix.isEmpty()) {
      suite.put("answerPrefix", answerPrefix);
    }
    if (kind == OwnKind.MARGIN) {
      suite.put("marginForm", form().label());
    }
    // Whoever wants it in an audit chooses it; it is of no use for other tunes.
    suite.put("core", false);
    if (skill) {
      suite.put("skill", true);
    }
    return suite;
  }

  /** Returns a description by which items can be read and shown while others are not in order. */
  SuiteInfo standIn() {
    return new SuiteInfo(
        FORMAT,
        "own",
        "1.0.0",
        "Own",
        "own",
        "own",
        "en",
        "own",
        "own",
        kind.metric(),
        STAND_IN_MARGIN,
        null,
        answerPrefix.isEmpty() ? null : answerPrefix,
        kind == OwnKind.MARGIN ? form() : null,
        SuiteInfo.More.NONE);
  }

  /** Tells a draft what is wrong with what was typed. */
  void check(SuiteDraft draft) {
    if (!id.matches("[a-z0-9][a-z0-9-]{0,63}") || id.equals("new")) {
      draft.refuse(
          "id", said(id), "lower-case letters, digits and hyphens, at most 64, and not \"new\"");
    }
    if (title.isEmpty()) {
      draft.refuse("title", "nothing", "what people will call the suite");
    }
    if (!version.matches(VERSION)) {
      draft.refuse("version", said(version), "three numbers, such as 1.0.0");
    }
    if (!(share() > 0)) {
      draft.refuse("margin", said(margin), "a number of points above 0 and below 100, like 5");
    }
    if (!capability.isEmpty() && !capabilityName().matches("[a-z0-9][a-z0-9_-]{0,63}")) {
      draft.refuse("capability", said(capability), "a few words in letters a to z and digits");
    }
  }

  private static String said(String typed) {
    return typed.isEmpty() ? "nothing" : "\"" + typed + "\"";
  }

  private String capabilityName() {
    String named = capability.isEmpty() ? id : capability;
    return named.toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
  }

  /** Returns the margin as a share, 0 where it is none. */
  private double share() {
    return margin.matches(POINTS)
        ? new BigDecimal(margin.replace(',', '.')).movePointLeft(2).doubleValue()
        : 0;
  }

  private MarginForm form() {
    return Arrays.stream(MarginForm.values())
        .filter(one -> one.label().equals(marginForm))
        .findFirst()
        .orElse(MarginForm.LETTERS);
  }
}
