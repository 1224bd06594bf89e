package dev.palimpsest.account;

import java.time.Instant;
import java.util.Optional;

/**
 * By whom a user signs in at a provider.
 *
 * @param name as the provider said it last, "" if never
 * @param email as the provider said it last, "" if never
 * @param seenAt when the person last signed in by it, if ever
 */
public record ProviderIdentity(
    String issuer,
    String subject,
    String userId,
    String name,
    String email,
    Optional<Instant> seenAt) {}
