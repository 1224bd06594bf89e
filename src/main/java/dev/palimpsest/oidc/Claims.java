package dev.palimpsest.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.claims.AMR;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.palimpsest.account.ProviderPerson;
import dev.palimpsest.account.ProviderProof;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a validated ID token. */
final class Claims {
  private static final int LONGEST_SUBJECT = 255;
  private static final int LONGEST = 1000;

  private final IDTokenClaimsSet claims;
  private final ProviderSettings settings;

  Claims(IDTokenClaimsSet claims, ProviderSettings settings) {
    this.claims = claims;
    this.settings = settings;
  }

  ProvedPerson person() {
    requireForUs();
    ProviderPerson person =
        new ProviderPerson(
            settings.issuer().toString(),
            subject(),
            text("preferred_username"),
            text("name"),
            text("email"));
    return new ProvedPerson(person, settings.roles().map(roles -> roles.role(all())), proof());
  }

  /** The library looks at the party only where there are several audiences. */
  private void requireForUs() {
    boolean several = claims.getAudience().size() > 1;
    String party =
        claims.getAuthorizedParty() == null ? "" : claims.getAuthorizedParty().getValue();
    if ((several || !party.isEmpty()) && !party.equals(settings.client())) {
      throw new ProviderException(
          "What "
              + settings.name()
              + " says of you cannot be relied on: it is for another application (azp); sign in"
              + " again, and if it goes on, tell who runs this installation.");
    }
  }

  private String subject() {
    String subject = claims.getSubject().getValue();
    if (subject.length() > LONGEST_SUBJECT || !subject.matches("[\\x20-\\x7e]+")) {
      throw new ProviderException(
          settings.name()
              + " knows you by an identifier that is not of 1 to 255 plain characters; tell who"
              + " runs it.");
    }
    return subject;
  }

  private ProviderProof proof() {
    Date at = claims.getAuthenticationTime();
    List<AMR> means = claims.getAMR() == null ? List.of() : claims.getAMR();
    return new ProviderProof(
        Optional.ofNullable(at).map(Date::toInstant),
        claims.getACR() == null ? "" : claims.getACR().getValue(),
        means.stream().map(AMR::getValue).toList());
  }

  private String text(String claim) {
    Object value = claims.getClaim(claim);
    return value instanceof String text && text.length() <= LONGEST ? text : "";
  }

  private Map<String, Object> all() {
    try {
      return claims.toJWTClaimsSet().getClaims();
    } catch (ParseException broken) {
      throw new ProviderException(
          "What " + settings.name() + " says of you cannot be read; tell who runs it.", broken);
    }
  }
}
