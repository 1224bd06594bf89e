/**
 * Models behind OpenAI-compatible servers, asked by the contract of {@code inference}.
 *
 * <p>A server keeps its tokens to itself, so that what this runner calls token ids are the code
 * points of the text that is sent: they name a prompt as exactly as ids do, and mean nothing else.
 * A chat that the server renders by itself is sent as messages, and its ids are those of a mark and
 * the messages as JSON ({@link dev.palimpsest.endpoint.PromptText}).
 *
 * <p>What a server offers is found out when it is opened ({@link
 * dev.palimpsest.endpoint.Abilities}): which model answers, whether it renders messages, and
 * whether it tells how likely a text is. Only the address that was given is asked; redirects are
 * not followed, as they would take the key along.
 */
package dev.palimpsest.endpoint;
