package dev.palimpsest.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.palimpsest.oidc.Discovery.Known;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider by which people sign in: the way there and back, and what it says of them. */
public final class Provider {
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

  private final ProviderSettings settings;
  private final Clock clock;
  private final LimitedHttp http = new LimitedHttp();
  private final Discovery discovery;

  public Provider(ProviderSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.discovery = new Discovery(settings, http, clock);
  }

  /**
   * What the browser brought back from the provider; "" for what is missing.
   *
   * @param issuer who answers, as some providers say (RFC 9207)
   */
  public record Answer(String code, String error, String issuer) {}

  /** Returns what people call it. */
  public String name() {
    return settings.name();
  }

  /** Returns what it calls itself. */
  public String issuer() {
    return settings.issuer().toString();
  }

  /** Tells whether somebody who is no user here yet is refused. */
  public boolean isForInvited() {
    return settings.invitedOnly();
  }

  /**
   * Returns where the browser goes to sign in.
   *
   * @throws ProviderException if the provider is not reached
   */
  public URI authorize(Attempt attempt) {
    OIDCProviderMetadata metadata = discovery.known().metadata();
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                scope(metadata),
                new ClientID(settings.client()),
                attempt.redirect())
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(new State(attempt.state()))
            .nonce(new Nonce(attempt.nonce()))
            .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256);
    if (attempt.anew()) {
      request.prompt(Prompt.Type.LOGIN).maxAge(0);
    }
    return request.build().toURI();
  }

  /** Some providers tell groups only to whoever asks for a scope of that name. */
  private Scope scope(OIDCProviderMetadata metadata) {
    Scope scope = new Scope("openid", "profile", "email");
    settings
        .roles()
        .map(RoleClaim::claim)
        .filter(claim -> metadata.getScopes() != null && metadata.getScopes().contains(claim))
        .ifPresent(scope::add);
    return scope;
  }

  /**
   * Takes the provider's answer and asks it who signed in.
   *
   * @throws ProviderException if it does not say so in a way that can be relied on
   */
  public ProvedPerson redeem(Attempt attempt, Answer answer) {
    if (!answer.issuer().isEmpty() && !answer.issuer().equals(issuer())) {
      throw new ProviderException(
          "The answer came from another provider than " + name() + "; sign in again.");
    }
    if (!answer.error().isEmpty() || answer.code().isEmpty()) {
      String why = answer.error().matches("[a-z_]{1,40}") ? " (" + answer.error() + ")" : "";
      throw new ProviderException(
          name() + " did not let you in" + why + "; try again, or ask who runs it.");
    }
    Known known = discovery.known();
    IDTokenClaimsSet claims = validated(known, attempt, token(known, attempt, answer.code()));
    ProvedPerson person = new Claims(claims, settings).person();
    if (attempt.anew()) {
      requireJustNow(attempt, person);
    }
    return person;
  }

  /** A provider that does not follow prompt and max_age would let whoever found a browser sign. */
  private void requireJustNow(Attempt attempt, ProvedPerson person) {
    boolean asked =
        person
            .proof()
            .at()
            .filter(at -> !at.isBefore(attempt.startedAt().minus(Discovery.SKEW)))
            .filter(at -> !at.isAfter(clock.instant().plus(Discovery.SKEW)))
            .isPresent();
    if (!asked) {
      throw new ProviderException(
          name()
              + " did not ask you anew, or does not say when it did, so nothing can be signed on"
              + " its word; try again, or sign in with a password.");
    }
  }

  private JWT token(Known known, Attempt attempt, String code) {
    TokenRequest request =
        new TokenRequest.Builder(
                known.metadata().getTokenEndpointURI(),
                authentication(known.metadata()),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code),
                    attempt.redirect(),
                    new CodeVerifier(attempt.verifier())))
            .build();
    try {
      TokenResponse response = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(http));
      if (!response.indicatesSuccess()) {
        LOG.info(
            "the provider did not take a code: {}",
            response.toErrorResponse().getErrorObject().getCode());
        throw new ProviderException(
            name()
                + " did not take the sign-in it gave, which counts once and not for long; sign"
                + " in again.");
      }
      return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens().getIDToken();
    } catch (ParseException | IOException unusable) {
      LOG.warn("the provider gave no token: {}", unusable.getClass().getSimpleName());
      throw discovery.unreachable(unusable);
    }
  }

  private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
    ClientID client = new ClientID(settings.client());
    Secret secret = new Secret(settings.secret());
    List<ClientAuthenticationMethod> taken = metadata.getTokenEndpointAuthMethods();
    boolean basic = taken == null || taken.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return basic ? new ClientSecretBasic(client, secret) : new ClientSecretPost(client, secret);
  }

  private IDTokenClaimsSet validated(Known known, Attempt attempt, JWT token) {
    if (token == null) {
      throw notReliable("it is missing", null);
    }
    try {
      return known.validator().validate(token, new Nonce(attempt.nonce()));
    } catch (KeySourceException keys) {
      throw discovery.unreachable(keys);
    } catch (BadJOSEException | JOSEException wrong) {
      throw notReliable(reason(wrong.getMessage()), wrong);
    }
  }

  private ProviderException notReliable(String why, Exception cause) {
    return new ProviderException(
        "What "
            + name()
            + " says of you cannot be relied on: "
            + why
            + "; sign in again, and if it goes on, tell who runs this installation.",
        cause);
  }

  /** The library's own words hold what stands in the token. */
  private static String reason(String words) {
    if (words == null) {
      return "it is not signed as it should be";
    }
    if (words.contains("nonce")) {
      return "it is of another sign-in (nonce)";
    }
    if (words.contains("issuer")) {
      return "it is of another provider (issuer)";
    }
    if (words.contains("audience") || words.contains("azp")) {
      return "it is for another application (audience)";
    }
    if (words.startsWith("Expired") || words.contains("ahead")) {
      return "its time is over or not yet come, by this machine's clock";
    }
    return "it is not signed as it should be";
  }

  /**
   * Returns where the browser goes to sign out there too, if the provider offers that. No token is
   * kept that would say who signs out; a provider may ask.
   *
   * @param back where the provider sends the browser then
   */
  public Optional<URI> signOut(URI back) {
    return Optional.ofNullable(discovery.known().metadata().getEndSessionEndpointURI())
        .map(
            address ->
                new LogoutRequest(
                        address, null, null, new ClientID(settings.client()), back, null, null)
                    .toURI());
  }
}
