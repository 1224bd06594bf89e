/**
 * The signature that comes with a checkpoint: {@code model.sig} as OpenSSF's model_signing writes
 * it, checked offline.
 *
 * <p>The file is a sigstore bundle (v0.3) around a DSSE envelope around an in-toto statement of the
 * type {@code https://model_signing/signature/v1.0}, which lists every file with its sha256. It is
 * held against the checkpoint's manifest, whoever signed it; who signed is told by the keys and
 * certificates that this installation was given. A transparency log is not asked. {@link
 * dev.palimpsest.checkpoint.signature.SignatureFile} makes such a file, by a key.
 */
package dev.palimpsest.checkpoint.signature;
