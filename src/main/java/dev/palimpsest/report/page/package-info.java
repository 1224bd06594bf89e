/**
 * What people see of a report: checkpoints and findings ready to be shown in any layout, their
 * charts and items side by side, and the offline page. The web app's page is filled with the same.
 */
package dev.palimpsest.report.page;
