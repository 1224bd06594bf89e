package dev.palimpsest.audit.judge;

import java.util.Objects;

/**
 * Which judge it is.
 *
 * @param name for people
 * @param digest sha256 that covers whatever its grades depend on, lower-case hex
 * @param prompt the version of the questions that it is asked
 * @param verified whether the digest was computed from the judge's files, and not from a name that
 *     somebody gave it
 */
public record JudgeIdentity(String name, String digest, String prompt, boolean verified) {
  public JudgeIdentity {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(prompt, "prompt is null");
  }
}
