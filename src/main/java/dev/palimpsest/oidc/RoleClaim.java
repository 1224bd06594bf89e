package dev.palimpsest.oidc;

import dev.palimpsest.account.UserRole;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How what a provider says of somebody becomes a role here.
 *
 * @param claim of the ID token, with dots between where it lies within others (Keycloak's {@code
 *     realm_access.roles})
 * @param values by role, those that give it
 */
public record RoleClaim(String claim, Map<UserRole, Set<String>> values) {
  public RoleClaim {
    values = Map.copyOf(values);
  }

  /** Returns the highest role that the claims give, that of a viewer if they give none. */
  UserRole role(Map<String, Object> claims) {
    Set<String> told = told(claims, claim);
    UserRole highest = UserRole.VIEWER;
    for (UserRole role : UserRole.values()) {
      if (values.getOrDefault(role, Set.of()).stream().anyMatch(told::contains)) {
        highest = role;
      }
    }
    return highest;
  }

  /** A claim's own name may hold dots, as those that are addresses do. */
  private static Set<String> told(Map<?, ?> claims, String path) {
    Object found = claims.get(path);
    int dot = path.indexOf('.');
    if (found == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
      return told(inner, path.substring(dot + 1));
    }
    Set<String> told = new HashSet<>();
    if (found instanceof Collection<?> several) {
      several.stream().filter(String.class::isInstance).map(String.class::cast).forEach(told::add);
    } else if (found instanceof String one) {
      told.add(one);
    }
    return told;
  }
}
