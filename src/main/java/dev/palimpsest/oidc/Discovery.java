package dev.palimpsest.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a provider says of itself, asked for when it is needed and again after an hour. */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  private static final Duration KEPT = Duration.ofHours(1);

  /** So long after a failure nobody waits for another one. */
  private static final Duration FAILED = Duration.ofSeconds(5);

  /** How far the provider's clock may be from this one. */
  static final Duration SKEW = Duration.ofMinutes(1);

  /** Signatures by a pair of keys only: none at all, and those by the client's secret, are not. */
  private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

  private final ProviderSettings settings;
  private final LimitedHttp http;
  private final Clock clock;
  private Known known;
  private Instant failedAt = Instant.MIN;

  /** What is known of the provider since a time. */
  record Known(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant since) {}

  Discovery(ProviderSettings settings, LimitedHttp http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  private static Set<JWSAlgorithm> algorithms() {
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
    algorithms.addAll(JWSAlgorithm.Family.EC);
    return Set.copyOf(algorithms);
  }

  /**
   * Returns what the provider says of itself.
   *
   * @throws ProviderException if it is not reached, or is another one
   */
  synchronized Known known() {
    Instant now = Instant.now(clock);
    if (known != null && known.since().plus(KEPT).isAfter(now)) {
      return known;
    }
    if (failedAt.isAfter(now.minus(FAILED))) {
      throw unreachable(null);
    }
    try {
      known = read(http.get(document()), now);
      return known;
    } catch (IOException e) {
      failedAt = now;
      LOG.warn("{} is not reached: {}", document(), e.getMessage());
      throw unreachable(e);
    }
  }

  private URI document() {
    return URI.create(settings.issuer().toString().replaceFirst("/$", "") + DOCUMENT);
  }

  ProviderException unreachable(Throwable cause) {
    return new ProviderException(
        settings.name()
            + " does not answer as it should just now; try again in a moment, or sign in with a"
            + " password.",
        cause);
  }

  private Known read(String document, Instant now) throws IOException {
    try {
      OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(document);
      if (!metadata.getIssuer().getValue().equals(settings.issuer().toString())) {
        throw new ProviderException(
            settings.name()
                + " calls itself by another address than the one that was given here; whoever runs"
                + " this installation gives the issuer exactly as the provider writes it.");
      }
      ProviderSettings.requireSafe("The sign-in page", metadata.getAuthorizationEndpointURI());
      ProviderSettings.requireSafe("The token address", metadata.getTokenEndpointURI());
      ProviderSettings.requireSafe("The address of the keys", metadata.getJWKSetURI());
      return new Known(metadata, validator(metadata), now);
    } catch (ParseException | NullPointerException broken) {
      throw new IOException("the answer does not describe a provider", broken);
    }
  }

  /** A key that is not known yet is asked for, so that a provider may change keys at any time. */
  private IDTokenValidator validator(OIDCProviderMetadata metadata) throws MalformedURLException {
    JWSVerificationKeySelector<SecurityContext> keys =
        new JWSVerificationKeySelector<>(
            ALGORITHMS,
            JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), http)
                .refreshAheadCache(false)
                .build());
    IDTokenValidator validator =
        new IDTokenValidator(metadata.getIssuer(), new ClientID(settings.client()), keys, null);
    validator.setMaxClockSkew((int) SKEW.toSeconds());
    return validator;
  }
}
