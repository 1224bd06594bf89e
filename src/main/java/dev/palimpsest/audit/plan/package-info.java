/**
 * What an audit will do, fixed before anything runs: the checkpoints with their digests, the items
 * of each suite with their margins, how all arms are asked, and what so many items could certify.
 */
package dev.palimpsest.audit.plan;
