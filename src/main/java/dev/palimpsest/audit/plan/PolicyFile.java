package dev.palimpsest.audit.plan;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a gate policy from YAML or JSON.
 *
 * <pre>
 * version: 2
 * name: Release of the SQL assistant
 * gates:
 *   - {suite: knowledge, maxDrop: 0.05, tiers: {easy: {maxDrop: 0.03}}}
 *   - {suite: sql, minGain: 0.02, severe: [sql-0001]}
 * rare:
 *   - {suite: hallucination, rate: fabricated, max: 0.01}
 * require: [safety]
 * </pre>
 *
 * <p>docs/policy-2.schema.json is the format as a JSON Schema; version 1, which has margins alone,
 * is still read. Keys it does not know are refused, since a misspelt gate would gate nothing.
 */
public final class PolicyFile {
  private static final int MAX_BYTES = 1 << 20;

  private PolicyFile() {}

  /**
   * Reads a policy.
   *
   * @throws PolicyException if it is no policy, with every line and field at fault
   */
  public static Policy read(Path file) {
    return parse(String.valueOf(file.getFileName()), text(file));
  }

  /**
   * Reads the text of a policy.
   *
   * @param name what the text is called in sentences
   * @throws PolicyException if it is no policy, with every line and field at fault
   */
  public static Policy parse(String name, String text) {
    return new PolicyReader(name, new PolicyYaml(name, text)).policy();
  }

  /** Returns the text of a file that could be a policy. */
  public static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PolicyException(
            file.getFileName() + " is too large for a policy; is it the right file?");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new PolicyException(
          "The policy " + file + " is not in UTF-8; save it in that encoding.", e);
    } catch (IOException e) {
      throw new PolicyException(
          "The policy " + file + " cannot be read; check that it is a readable UTF-8 file.", e);
    }
  }
}
