package dev.palimpsest.oidc;

import dev.palimpsest.UserFacingException;

/** Why nobody is signed in by the provider, as one sentence that tells nothing of tokens. */
public final class ProviderException extends UserFacingException {
  public ProviderException(String message) {
    super(message);
  }

  ProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
