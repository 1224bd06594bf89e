/**
 * What a training file says of a tune before it runs, or after: faults that trainers pass over in
 * silence, and overlap with the probes that are to judge it. Nothing leaves the machine, and no
 * text that looks like a secret is repeated.
 */
package dev.palimpsest.preflight;
