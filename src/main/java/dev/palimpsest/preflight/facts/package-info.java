/**
 * Which facts of a training file a model knows before it is tuned: SliCK (Gekhman et al. 2024,
 * arXiv 2405.05904), and the forecast of what learning the unknown ones costs.
 */
package dev.palimpsest.preflight.facts;
