package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody's word that a release may pass in spite of something. It holds to the end of its last
 * day, in UTC.
 *
 * @param what is waived
 * @param suite where it is waived, by id; empty for wherever it comes up
 * @param who answers for it
 * @param reason why
 * @param expires the last day on which it holds
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Waiver(
    Subject what, Optional<String> suite, String who, String reason, LocalDate expires) {
  /** What can be waived. An audit that did not run to its end and a proven loss cannot. */
  public enum Subject {
    /** The checkpoints are asked through chat templates that put items otherwise. */
    @JsonProperty("template")
    TEMPLATE,
    /** Their tokenizers split the same text otherwise. */
    @JsonProperty("tokenizer")
    TOKENIZER,
    /** Planned items have no outcome, or too many have no score. */
    @JsonProperty("missing")
    MISSING
  }

  public Waiver {
    Objects.requireNonNull(what, "what is null");
    suite = suite == null ? Optional.empty() : suite;
    Objects.requireNonNull(who, "who is null");
    Objects.requireNonNull(reason, "reason is null");
    Objects.requireNonNull(expires, "expires is null");
  }

  /** Tells whether it covers something that came up in a suite; "" where it is of no suite. */
  public boolean covers(Subject subject, String inSuite) {
    return what == subject && suite.map(inSuite::equals).orElse(true);
  }

  /** Tells whether it holds at a moment. */
  public boolean holdsAt(Instant time) {
    return !LocalDate.ofInstant(time, ZoneOffset.UTC).isAfter(expires);
  }
}
