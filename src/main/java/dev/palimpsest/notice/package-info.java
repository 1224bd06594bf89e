/**
 * Notices that leave this installation, where somebody configured where to: that an audit waits for
 * review, and that somebody decided.
 *
 * <p>What is to be told is read off the database: audits that are finished and decisions that were
 * made, each told once on each way. So nothing that happens has to remember to tell it, and no
 * notice is lost with a process. A notice is a row from the moment it is found; it is sent until
 * somebody takes it, at longer and longer intervals, and given up after a few days. Whoever
 * receives one twice, as the process was killed between sending and noting it, knows it by its id.
 */
package dev.palimpsest.notice;
