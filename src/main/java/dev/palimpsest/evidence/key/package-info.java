/**
 * Keys that statements are signed with: Ed25519 made here (RFC 8032), or Ed25519 and ECDSA on P-256
 * from a PKCS#12 file or a PKCS#11 device.
 *
 * <p>In the data folder, {@code keys/signing.pem} (0600) holds the key that signs, PKCS#8 and SPKI
 * as PEM, and {@code keys/ID.pub.pem} every public key that ever signed; a key is named by the
 * sha256 of its SPKI, in lower-case hex.
 */
package dev.palimpsest.evidence.key;
