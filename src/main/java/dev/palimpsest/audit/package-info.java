/**
 * Audits: plan, run, verdict, one room each. What all three stand on lies here: arms, and the
 * paired outcome, which is the unit of truth; all else is a query over it.
 */
package dev.palimpsest.audit;
