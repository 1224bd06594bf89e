package dev.palimpsest.suite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What suite.json says of a suite.
 *
 * @param format "palimpsest-suite/1"
 * @param id lower-case letters, digits, hyphens; the folder's name
 * @param version of the content, such as "1.0.0"; a changed item means a new version
 * @param capability what the suite probes
 * @param defaultMargin the largest acceptable drop unless a plan says otherwise, in (0, 1); 0 where
 *     the metric is loss, which has no margin
 * @param chance the score of blind guessing, in (0, 1); null where there is none
 * @param answerPrefix the beginning of the answer that choices, letters and options continue
 * @param marginForm how options are compared; null for suites without margin items
 * @param more what many suites leave unsaid
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SuiteInfo(
    String format,
    String id,
    String version,
    String title,
    String capability,
    String description,
    String language,
    String license,
    String source,
    Metric metric,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double defaultMargin,
    Double chance,
    String answerPrefix,
    MarginForm marginForm,
    @JsonUnwrapped More more) {
  /**
   * What many suites leave unsaid; each is null where it is.
   *
   * @param shows what a change of the score shows
   * @param cannot what it cannot show
   * @param core whether an audit asks the suite unless told otherwise; null for yes
   * @param draw how many items the plans draw
   * @param generated items beside those of items.jsonl
   * @param skill whether this is what the tune was made for; null for no
   * @param severe ids of items of which a lost one fails a release by itself; null for none
   * @param gated false for a suite that is asked and compared, and never judged; null for one that
   *     is judged where its metric can be
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record More(
      String shows,
      String cannot,
      Boolean core,
      FormSizes draw,
      GeneratedItems generated,
      Boolean skill,
      List<String> severe,
      Boolean gated) {
    /** Nothing is said. */
    public static final More NONE = new More(null, null, null, null, null, null, null, null);

    static More read(ObjectNode node) {
      JsonNode core = node.get("core");
      JsonNode draw = node.get("draw");
      JsonNode generated = node.get("generated");
      JsonNode skill = node.get("skill");
      return new More(
          node.path("shows").textValue(),
          node.path("cannot").textValue(),
          core == null ? null : core.booleanValue(),
          draw == null
              ? null
              : new FormSizes(draw.get("quick").intValue(), draw.get("standard").intValue()),
          generated == null
              ? null
              : new GeneratedItems(
                  generated.get("by").textValue(),
                  generated.get("seed").longValue(),
                  generated.get("items").intValue(),
                  generated.path("tables").textValue()),
          skill == null ? null : skill.booleanValue(),
          node.get("severe") == null ? null : ids(node.get("severe")),
          node.get("gated") == null ? null : node.get("gated").booleanValue());
    }

    private static List<String> ids(JsonNode list) {
      List<String> ids = new ArrayList<>();
      list.forEach(id -> ids.add(id.textValue()));
      return List.copyOf(ids);
    }
  }

  static final String FORMAT = "palimpsest-suite/1";
  private static final String DEFAULT_ANSWER_PREFIX = "The answer is";

  public SuiteInfo {
    Objects.requireNonNull(metric, "metric is null");
    Objects.requireNonNull(more, "more is null");
    Texts.require("format", format);
    Texts.require("id", id);
    Texts.require("version", version);
    Texts.require("title", title);
    Texts.require("capability", capability);
    Texts.require("description", description);
    Texts.require("language", language);
    Texts.require("license", license);
    Texts.require("source", source);
    requireMargin(metric, defaultMargin);
    if (chance != null) {
      requireShare("chance", chance);
    }
    answerPrefix = answerPrefix == null ? DEFAULT_ANSWER_PREFIX : answerPrefix;
    if (metric == Metric.ALIGNED_RATE) {
      marginForm = marginForm == null ? MarginForm.LETTERS : marginForm;
    } else if (marginForm != null) {
      throw new InvalidField(
          "marginForm", marginForm.label(), "no such field unless the metric is aligned_rate");
    }
  }

  /**
   * Tells whether a gate can hang on the suite: its answers are right or wrong, and it does not say
   * that it is only described.
   */
  @JsonIgnore
  public boolean isGated() {
    return metric.isGated() && !Boolean.FALSE.equals(more.gated());
  }

  /** Tells whether an audit asks the suite unless told otherwise. */
  @JsonIgnore
  public boolean isCore() {
    return more.core() == null || more.core();
  }

  /** Returns the same under another id. */
  public SuiteInfo named(String other) {
    return new SuiteInfo(
        format,
        other,
        version,
        title,
        capability,
        description,
        language,
        license,
        source,
        metric,
        defaultMargin,
        chance,
        answerPrefix,
        marginForm,
        more);
  }

  /** Returns the same of a form that was drawn from it: nothing is generated any more. */
  SuiteInfo drawn(String other, String from) {
    return new SuiteInfo(
        format,
        other,
        version,
        title,
        capability,
        description,
        language,
        license,
        from,
        metric,
        defaultMargin,
        chance,
        answerPrefix,
        marginForm,
        new More(
            more.shows(),
            more.cannot(),
            more.core(),
            more.draw(),
            null,
            more.skill(),
            null,
            more.gated()));
  }

  private static void requireMargin(Metric metric, double margin) {
    if (metric.isGated()) {
      requireShare("defaultMargin", margin);
    } else if (margin != 0) {
      throw new InvalidField(
          "defaultMargin",
          String.valueOf(margin),
          "no such field, as the metric " + metric.label() + " is described and never a gate");
    }
  }

  private static void requireShare(String field, double value) {
    if (!(value > 0 && value < 1)) {
      throw new InvalidField(field, String.valueOf(value), "a number between 0 and 1");
    }
  }
}
