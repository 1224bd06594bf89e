/**
 * The ledger: what happened in an installation, as a chain of hashes that shows whether a row was
 * changed, left out or put in.
 *
 * <p>A row is a JSON object in canonical form (RFC 8785): {@code seq}, {@code time} (RFC 3339,
 * UTC), {@code actor}, {@code via}, {@code action}, {@code object} ({@code type}, {@code id},
 * {@code digest}) and {@code details} (texts by name). Its hash is, in lower-case hex,
 *
 * <pre>sha256("palimpsest-ledger/1\n" + hash of the row before + "\n" + sha256(row))</pre>
 *
 * <p>and the row before the first has 64 zeros. The row enters by its own digest, so that an
 * extract can show some rows whole and of the others the digest alone, and the chain still holds.
 *
 * <p>A row is added in the transaction that it describes: both are there, or neither, whatever
 * happens to the process. Transactions that add rows wait for each other, in the order of the
 * chain.
 */
package dev.palimpsest.ledger;
