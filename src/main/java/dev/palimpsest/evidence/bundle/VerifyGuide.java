package dev.palimpsest.evidence.bundle;

import java.nio.charset.StandardCharsets;

/** VERIFY.md: how to check a bundle with tools that are not this program. */
final class VerifyGuide {
  private static final String TEXT =
      """
      # How to check this bundle

      Unpack it into an empty folder. You need no part of Palimpsest; where you have it, `palimpsest verify bundle.zip` does all of this
      and recomputes the verdicts from items.jsonl.

      ## 1. Nothing was changed

          sha256sum -c SHA256SUMS

      ## 2. The signatures are of a key that you trust

      The statements in attestations.intoto.jsonl, one DSSE envelope a line, are signed by

          KEYID

      whose public half is public-keys/KEYID.pem. That file came with the bundle: compare the id (the sha256 of the key's DER) with
      one that you got another way. With openssl and jq, for line 1:

          sed -n 1p attestations.intoto.jsonl > envelope.json
          jq -r .payload envelope.json | base64 -d > payload
          jq -r '.signatures[0].sig' envelope.json | base64 -d > signature
          (printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(stat -c %s payload)"; cat payload) > signed
          OPENSSL

      With Python's securesystemslib, for all lines:

          import json
          from cryptography.hazmat.primitives.serialization import load_pem_public_key
          from securesystemslib.dsse import Envelope
          from securesystemslib.signer import SSlibKey
          key_id = "KEYID"
          pem = open(f"public-keys/{key_id}.pem", "rb").read()
          key = SSlibKey.from_crypto(load_pem_public_key(pem), keyid=key_id)
          for line in open("attestations.intoto.jsonl"):
              Envelope.from_dict(json.loads(line)).verify([key], 1)

      ## 3. The files are the ones that were signed

      The last statement (predicateType https://palimpsest.dev/bundle/v1) names every member with its sha256, and the sha256 of the
      payload of every other statement, so that none can be left out or put in:

          tail -n 1 attestations.intoto.jsonl | jq -r .payload | base64 -d | jq -r '.subject[] | .digest.sha256 + "  " + .name' | sha256sum -c

      ## 4. The decisions are on this report

      A decision (predicateType https://palimpsest.dev/sign-off/v1) refers to report.json by its sha256, and its subject is the
      checkpoint it is on, by the digest that the report has of it under `tuned`:

          sha256sum report.json
          while read -r line; do jq -r .payload <<< "$line" | base64 -d |
            jq 'select(.predicateType | endswith("/sign-off/v1")) | {subject, predicate}'; done < attestations.intoto.jsonl

      Where `approvers` has a `key`, the person signed it too: the second signature of its line is of public-keys/KEY.pem, which begins
      with the person's name, id and the time the key was made. `signature` says where the installation's key alone signed. For line N:

          sed -n Np attestations.intoto.jsonl > envelope.json
          jq -r .payload envelope.json | base64 -d > payload
          jq -r '.signatures[1].sig' envelope.json | base64 -d > signature
          (printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(stat -c %s payload)"; cat payload) > signed
          openssl pkeyutl -verify -pubin -inkey public-keys/KEY.pem -rawin -in signed -sigfile signature

      ## 5. The counts are those of the items

          jq -r '[.tuned, .suite, .change] | @tsv' items.jsonl | sort | uniq -c

      gives `bothRight`, `lost`, `gained`, `bothWrong` and `notComparable` of each of `capabilities` in report.json. The plan was frozen
      before anything ran: `sha256sum plan.json` is `audit.planDigest`. report.schema.json checks report.json, bom.cdx.json is an ML-BOM by
      the schema of CycloneDX 1.7.

      CHECKPOINTS
      ## What it does not prove

      Who typed a name under a decision, or that a person's key is that person's (compare its id with what the person says); that
      the models were run honestly by whoever holds the key; that a bundle is the newest.
      """;

  private VerifyGuide() {}

  /**
   * Writes the page.
   *
   * @param keyId of the key that signed the statements
   * @param ed25519 whether it is one of Ed25519, and not on P-256
   * @param checkpoints the section on the checkpoints' files
   */
  static byte[] of(String keyId, boolean ed25519, String checkpoints) {
    String key = Members.key(keyId);
    String openssl =
        ed25519
            ? "openssl pkeyutl -verify -pubin -inkey "
                + key
                + " -rawin -in signed -sigfile signature"
            : "openssl dgst -sha256 -verify " + key + " -signature signature signed";
    return TEXT.replace("OPENSSL", openssl)
        .replace("KEYID", keyId)
        .replace("CHECKPOINTS", checkpoints)
        .getBytes(StandardCharsets.UTF_8);
  }
}
