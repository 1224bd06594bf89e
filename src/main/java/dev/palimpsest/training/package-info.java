/**
 * The file a tune was trained on: read as a stream, never kept whole, never sent anywhere.
 *
 * <p>JSON lines, or one JSON array, of objects in one of these shapes, told by their keys:
 *
 * <table>
 * <caption>Shapes of a row</caption>
 * <tr><td>chat</td><td>{@code {"messages":[{"role","content"}…]}}, as OpenAI and TRL write it</td></tr>
 * <tr><td>prompt and completion</td><td>{@code {"prompt","completion"}}; each a text, or a list of messages</td></tr>
 * <tr><td>Alpaca</td><td>{@code {"instruction","input","output"}}, {@code input} optional, {@code system} too</td></tr>
 * <tr><td>ShareGPT</td><td>{@code {"conversations":[{"from","value"}…]}}, {@code system} optional</td></tr>
 * <tr><td>text</td><td>{@code {"text"}}: a whole document, or a chat that was rendered already</td></tr>
 * </table>
 */
package dev.palimpsest.training;
