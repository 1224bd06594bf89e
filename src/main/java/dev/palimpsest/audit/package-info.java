/**
 * Audits: plan, jobs, outcomes, findings and verdicts. The paired outcome is the unit of truth; all
 * else is a query over it.
 */
package dev.palimpsest.audit;
