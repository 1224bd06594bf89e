/** The tus 1.0.0 server through which checkpoints are uploaded, and the list of files before it. */
package dev.palimpsest.web.upload;
