/**
 * Decisions told where models already live: the tags and the alias of a model version in an MLflow
 * registry, and a section in a checkpoint's model card. Nothing here is done unless a command names
 * the place.
 */
package dev.palimpsest.evidence.publication;
