package dev.palimpsest.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A sign-in that was begun in one browser, and waits for the provider's answer.
 *
 * @param state that comes back with the answer
 * @param nonce that comes back in the ID token
 * @param verifier without which the code is of no use
 * @param redirect where the provider sends the browser back to
 * @param anew whether the provider has to ask the person now, whoever is signed in there
 */
public record Attempt(
    String state, String nonce, String verifier, URI redirect, boolean anew, Instant startedAt) {
  /** How long the provider may take, with all that the person does there. */
  public static final Duration LASTS = Duration.ofMinutes(10);

  public Attempt {
    Objects.requireNonNull(state, "state is null");
    Objects.requireNonNull(nonce, "nonce is null");
    Objects.requireNonNull(verifier, "verifier is null");
    Objects.requireNonNull(redirect, "redirect is null");
    Objects.requireNonNull(startedAt, "startedAt is null");
  }

  /** Begins one, with 256 bits by chance in each of its secrets. */
  public static Attempt begin(URI redirect, boolean anew, Instant now) {
    return new Attempt(
        new State(32).getValue(),
        new Nonce(32).getValue(),
        new CodeVerifier().getValue(),
        redirect,
        anew,
        now);
  }

  /** Tells whether an answer with a state is the one it waits for. */
  public boolean awaits(String other, Instant now) {
    return startedAt.plus(LASTS).isAfter(now)
        && MessageDigest.isEqual(
            state.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
