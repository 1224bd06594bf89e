/**
 * People, what they may do, and what they decided: users with passwords and second factors, their
 * sessions and the tokens of their programs; sign-offs of reports. docs/ACCOUNTS.md says how it is
 * used and what it does not defend.
 *
 * <p>Of every secret that is handed out (session, invitation, token, recovery code) only its
 * SHA-256 is kept: each but the last has 256 bits, and a recovery code 80, which no search of the
 * digests finds.
 */
package dev.palimpsest.account;
