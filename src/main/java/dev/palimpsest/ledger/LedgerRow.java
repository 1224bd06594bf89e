package dev.palimpsest.ledger;

import dev.palimpsest.Sha256;
import java.util.Objects;

/**
 * A row of the ledger as it is kept.
 *
 * @param seq its number, from 1 and without gaps
 * @param hash that chains it to the row before, lower-case hex
 * @param body the row itself, canonical JSON
 */
public record LedgerRow(long seq, String hash, String body) {
  /** The hash before the first row. */
  public static final String GENESIS = "0".repeat(64);

  private static final String PREFIX = "palimpsest-ledger/1\n";

  public LedgerRow {
    Objects.requireNonNull(hash, "hash is null");
    Objects.requireNonNull(body, "body is null");
  }

  /** Returns the digest by which the row enters the chain. */
  public String digest() {
    return Sha256.hex(body);
  }

  /**
   * Returns the hash of a row.
   *
   * @param before the hash of the row before
   * @param digest of the row
   */
  public static String chain(String before, String digest) {
    return Sha256.hex(PREFIX + before + "\n" + digest);
  }
}
