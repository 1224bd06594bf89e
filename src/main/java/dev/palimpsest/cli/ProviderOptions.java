package dev.palimpsest.cli;

import dev.palimpsest.account.UserRole;
import dev.palimpsest.oidc.ProviderSettings;
import dev.palimpsest.oidc.RoleClaim;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** By which OpenID Connect provider people sign in, if by one. */
final class ProviderOptions {
  private static final String SECRET = "PALIMPSEST_OIDC_SECRET";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--oidc-issuer",
      paramLabel = "URL",
      description =
          "Lets people sign in by this OpenID Connect provider, too; its issuer exactly as it"
              + " writes it. Needs --oidc-client, and the secret in $PALIMPSEST_OIDC_SECRET.")
  private String issuer;

  @Option(
      names = "--oidc-client",
      paramLabel = "ID",
      description = "The identifier that this installation has at the provider.")
  private String client;

  @Option(
      names = "--oidc-name",
      paramLabel = "TEXT",
      defaultValue = "Single sign-on",
      description = "What the button says (${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--oidc-role-claim",
      paramLabel = "CLAIM",
      description =
          "The claim of the ID token that gives roles, groups say; read anew at each sign-in.")
  private String claim;

  @Option(
      names = "--oidc-role",
      paramLabel = "ROLE=VALUE",
      description =
          "A value of that claim that gives a role; may be given again. Without any somebody is a"
              + " viewer.")
  private List<String> roles = List.of();

  @Option(
      names = "--oidc-invited-only",
      description = "Lets in only whom an administrator linked to a user.")
  private boolean invitedOnly;

  /** The secret is not taken from the command line, which every user of the machine can read. */
  Optional<ProviderSettings> provider() {
    if (issuer == null) {
      if (client != null || claim != null || !roles.isEmpty() || invitedOnly) {
        throw misuse("The options --oidc-… need --oidc-issuer; give it too, or none of them.");
      }
      return Optional.empty();
    }
    String secret = Objects.requireNonNullElse(System.getenv(SECRET), "");
    if (client == null || secret.isBlank()) {
      throw misuse(
          "--oidc-issuer needs --oidc-client and the client's secret in $"
              + SECRET
              + "; give both.");
    }
    return Optional.of(
        new ProviderSettings(
            ProviderSettings.address(issuer), client, secret, name, roleClaim(), invitedOnly));
  }

  private Optional<RoleClaim> roleClaim() {
    if ((claim == null) != roles.isEmpty()) {
      throw misuse("--oidc-role-claim and --oidc-role go together; give both or neither.");
    }
    if (claim == null) {
      return Optional.empty();
    }
    Map<UserRole, Set<String>> values = new EnumMap<>(UserRole.class);
    for (String one : roles) {
      int equals = one.indexOf('=');
      if (equals < 1 || equals == one.length() - 1) {
        throw misuse(
            "--oidc-role " + one + " is no ROLE=VALUE; write administrator=ml-admins say.");
      }
      values
          .computeIfAbsent(UserRole.parse(one.substring(0, equals)), role -> new HashSet<>())
          .add(one.substring(equals + 1));
    }
    return Optional.of(new RoleClaim(claim, values));
  }

  private ParameterException misuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
