/**
 * Why an audit found what it found, with numbers, and what to do next: pure functions over
 * findings, behaviour and plain-text loss. A cause is a reading of figures and never a gate; what
 * it advises is confirmed by auditing again.
 */
package dev.palimpsest.audit.cause;
