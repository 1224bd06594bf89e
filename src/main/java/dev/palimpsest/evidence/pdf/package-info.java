/** report.pdf: the report's figures as a tagged PDF for archives, PDF/A-2a and PDF/UA. */
package dev.palimpsest.evidence.pdf;
