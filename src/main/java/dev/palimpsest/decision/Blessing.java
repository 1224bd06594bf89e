package dev.palimpsest.decision;

import java.time.Instant;

/**
 * An approved checkpoint that is the reference of its base: later tunes are audited against it.
 *
 * @param baseDigest of the base
 * @param digest of the checkpoint
 * @param name of the checkpoint, as it was registered then
 * @param auditId of the audit in which it was approved
 * @param report digest of the report that was decided on
 * @param arm its name there
 * @param decidedBy who approved it, and when
 * @param by who made it the reference
 * @param at when
 */
public record Blessing(
    String baseDigest,
    String digest,
    String name,
    String auditId,
    String report,
    String arm,
    String decidedBy,
    String by,
    Instant at) {}
