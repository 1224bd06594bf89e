/** A report as files in a folder, and as gates that a build server reads. */
package dev.palimpsest.report.export;
