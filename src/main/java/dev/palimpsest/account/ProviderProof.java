package dev.palimpsest.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How somebody proved at a provider who it is (OpenID Connect Core 1.0, section 2).
 *
 * @param at when, if the provider says it (auth_time)
 * @param acr the class of it, "" if not told
 * @param amr the means, such as "pwd" and "otp" (RFC 8176); empty if not told
 */
public record ProviderProof(Optional<Instant> at, String acr, List<String> amr) {
  public ProviderProof {
    amr = List.copyOf(amr);
  }

  /** Returns class and means in one line, "" if neither was told. */
  public String label() {
    String means = amr.isEmpty() ? "" : "amr " + String.join(" ", amr);
    String level = acr.isEmpty() ? "" : "acr " + acr;
    return level.isEmpty() || means.isEmpty() ? level + means : level + ", " + means;
  }
}
