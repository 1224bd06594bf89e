package dev.palimpsest.notice;

/**
 * A notice that is to be sent one way.
 *
 * @param id by which whoever receives it knows it again
 * @param kind "audit.awaits-review" or "decision.made"
 * @param channel name of the way
 * @param body JSON, the same on every way
 * @param attempts made so far
 */
public record Notice(long id, String kind, String channel, String body, int attempts) {}
