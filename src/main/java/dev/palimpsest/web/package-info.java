/**
 * The pages and the upload server: one class per page, rendered on the server, readable without
 * JavaScript. {@link dev.palimpsest.web.WebApp} puts everything together.
 */
package dev.palimpsest.web;
