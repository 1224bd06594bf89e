/**
 * Items one by one: which of them are looked at, what the lost ones have in common, and what people
 * say of single answers beside the score that the program gave. Nothing here changes a verdict.
 */
package dev.palimpsest.audit.review;
