/**
 * An installation in one file, and an installation made of it.
 *
 * <p>A backup is a zip. Its first members are the files: {@code palimpsest.mv.db} (the rows, unless
 * they are on a database server), {@code keys/*.pub.pem}, {@code keys/signing.pem} and {@code
 * keys/signing-checkpoints.pem} if the keys were asked for, and {@code checkpoints/…} and {@code
 * uploads/…} if those were. The last member, {@code backup.json}, names each with its size and
 * SHA-256, the ledger's end, and the checkpoints of the installation whether their files are in it
 * or not.
 *
 * <p>The rows are a copy of one moment, made by the process that has the database open: that of the
 * command, or a server, which listens on a socket in the data folder for whoever may write there.
 */
package dev.palimpsest.backup;
