package dev.palimpsest.web;

import dev.palimpsest.account.SignOff;
import java.util.List;

/**
 * What pages show of an audit's sign-offs.
 *
 * @param state "none", "approved", "rejected" or "void"
 * @param latest the newest decision, or null
 * @param all every decision, newest first
 */
public record SignOffView(String state, SignOff latest, List<SignOff> all) {
  /**
   * Reads the decisions.
   *
   * @param all newest first
   * @param digest of the report as it is now
   */
  static SignOffView of(List<SignOff> all, String digest) {
    if (all.isEmpty()) {
      return new SignOffView("none", null, all);
    }
    SignOff latest = all.get(0);
    if (!latest.isOn(digest)) {
      return new SignOffView("void", latest, all);
    }
    boolean approved = latest.decision() == SignOff.Decision.APPROVED;
    return new SignOffView(approved ? "approved" : "rejected", latest, all);
  }
}
