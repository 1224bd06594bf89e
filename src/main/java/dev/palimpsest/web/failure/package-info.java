/** What is said to a request that cannot be answered; guard, uploads and pages all throw it. */
package dev.palimpsest.web.failure;
