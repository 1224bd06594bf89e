package dev.palimpsest.oidc;

import dev.palimpsest.account.ProviderPerson;
import dev.palimpsest.account.ProviderProof;
import dev.palimpsest.account.UserRole;
import java.util.Optional;

/**
 * Who signed in at the provider, as it vouches.
 *
 * @param role that its claims give, if claims give roles here
 */
public record ProvedPerson(ProviderPerson person, Optional<UserRole> role, ProviderProof proof) {}
