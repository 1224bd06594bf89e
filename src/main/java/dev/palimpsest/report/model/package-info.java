/**
 * The report itself: figures and sentences made of a result, the bytes of report.json and of
 * items.jsonl, which the digest covers, and the database that keeps finished ones. docs/REPORT.md
 * explains the fields; report-1.schema.json beside this package checks them.
 */
package dev.palimpsest.report.model;
