/**
 * Whether tuning was needed: what a tune does better than the best way to ask its base, and whether
 * it still follows what it is given to read. It decides no release.
 */
package dev.palimpsest.audit.need;
