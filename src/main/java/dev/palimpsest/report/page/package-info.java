/**
 * What people see of a report: the offline page, its charts and its items side by side, and the
 * parts of it that the web app's pages share.
 */
package dev.palimpsest.report.page;
