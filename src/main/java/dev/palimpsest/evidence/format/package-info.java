/**
 * The report in the formats of others: SARIF 2.1.0, CycloneDX 1.7, Hugging Face's model-index and
 * model card, Every Eval Ever 0.3.0. Renderings of report.json, made of it alone, so that the same
 * report gives the same bytes.
 */
package dev.palimpsest.evidence.format;
