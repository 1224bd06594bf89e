/**
 * An interpreter for the subset of Jinja that chat templates use, with Python's value rules.
 *
 * <p>Templates come from files of strangers. Values are texts, numbers, lists and maps only; there
 * is no reflection and no way to a Java method that is not listed here, and every rendering has a
 * budget of steps, depth, memory and output.
 */
package dev.palimpsest.jinja;
