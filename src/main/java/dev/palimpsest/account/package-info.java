/** Who decides what: sign-offs of reports. */
package dev.palimpsest.account;
