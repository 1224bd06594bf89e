package dev.palimpsest.checkpoint.signature;

/**
 * A signature under a checkpoint whose files are those that were signed.
 *
 * @param trusted whether it was verified with a key or root certificate that this installation was
 *     given
 * @param signer whose it is, as far as it can be told
 * @param root the root digest that was signed, in lower-case hex
 */
public record ModelSignature(boolean trusted, String signer, String root) {}
