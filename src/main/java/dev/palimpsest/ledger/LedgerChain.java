package dev.palimpsest.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Follows a chain row by row and remembers the first thing that does not hold. */
public final class LedgerChain {
  private final Map<Long, String> hashes = new HashMap<>();
  private Ledger.Head end;
  private String fault;

  /** Begins before the first row. */
  public LedgerChain() {
    this(new Ledger.Head(0, LedgerRow.GENESIS));
  }

  /**
   * Begins after a row.
   *
   * @param before its number and hash, which are taken as given
   */
  public LedgerChain(Ledger.Head before) {
    this.end = before;
  }

  /** Takes the next row. */
  public void add(LedgerRow row) {
    add(row.seq(), row.digest(), row.hash());
  }

  /** Takes the next row, of which the digest is known. */
  public void add(long seq, String digest, String hash) {
    if (fault != null) {
      return;
    }
    if (seq != end.seq() + 1) {
      fault = "After row " + end.seq() + " of the ledger comes row " + seq + ".";
    } else if (!LedgerRow.chain(end.hash(), digest).equals(hash)) {
      fault =
          "Row "
              + seq
              + " of the ledger was changed, or a row before it: its hash does not follow from"
              + " them.";
    }
    end = new Ledger.Head(seq, hash);
    hashes.put(seq, hash);
  }

  /** Returns the first thing that does not hold, in a sentence. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /** Returns the last row that was taken. */
  public Ledger.Head end() {
    return end;
  }

  /** Returns what is wrong if the chain should end with the given row. */
  Optional<String> faultOfEnd(Ledger.Head expected) {
    return end.equals(expected)
        ? Optional.empty()
        : Optional.of(
            "The ledger ends with row "
                + end.seq()
                + " but its last row was "
                + expected.seq()
                + "; rows were cut off or put in.");
  }

  /** Returns what is wrong if the chain should go through the given row. */
  public Optional<String> faultAt(Ledger.Head known) {
    String hash = known.seq() == 0 ? LedgerRow.GENESIS : hashes.get(known.seq());
    if (known.hash().equals(hash)) {
      return Optional.empty();
    }
    return Optional.of(
        "A signed head says that row "
            + known.seq()
            + " of the ledger had the hash "
            + known.hash()
            + "; "
            + (hash == null ? "that row is not there." : "now it is " + hash + "."));
  }
}
