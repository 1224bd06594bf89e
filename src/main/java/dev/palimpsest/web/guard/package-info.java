/** What stands before every request: where it came from, what it may be, what the answer allows. */
package dev.palimpsest.web.guard;
