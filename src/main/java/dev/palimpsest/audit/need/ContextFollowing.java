package dev.palimpsest.audit.need;

import dev.palimpsest.audit.plan.PlannedSuite;

/**
 * Whether a tune goes by what it is given to read as much as its base does: items whose passages
 * give another answer than the item, which is right if that answer is given.
 *
 * @param suite as it was planned
 * @param tuned the tuned arm's name
 * @param n items that both have a score for
 * @param base share of them in which the base follows
 * @param tunedShare the same of the tune
 * @param difference from the base to the tune; null without items
 * @param pLess one-sided, of "the tune follows no less", adjusted for all tunes and suites (Holm)
 * @param word what that comes to
 * @param sentence the same with its numbers
 */
public record ContextFollowing(
    PlannedSuite suite,
    String tuned,
    int n,
    double base,
    double tunedShare,
    Difference difference,
    double pLess,
    NeedWord word,
    String sentence) {}
