/**
 * Signing in by an OpenID Connect provider: what is asked of it and what its answer has to satisfy
 * (OpenID Connect Core 1.0, Discovery 1.0, RP-Initiated Logout 1.0; RFC 7636 with S256; RFC 9207).
 * It knows nothing of pages and users; {@link dev.palimpsest.oidc.Provider} is where to begin.
 *
 * <p>Nothing here reaches out before somebody wants to sign in, and no token outlives the method
 * that read it.
 */
package dev.palimpsest.oidc;
