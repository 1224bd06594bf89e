/**
 * Any two checkpoints laid beside each other, of one audit or of two: the same items, paired, each
 * against its own base, and what else differs between the two. Pure functions over plans and
 * scores; nothing here is a gate.
 */
package dev.palimpsest.audit.comparison;
