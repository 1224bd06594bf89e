/**
 * The database: one H2 file per data folder, a PostgreSQL database where servers share one, or
 * memory for tests; schema by Flyway, queries by JDBI.
 *
 * <p>Every statement runs unchanged on H2 and PostgreSQL 15: {@code merge … using}, identity
 * columns, {@code fetch first n rows only}, {@code for update skip locked}; no {@code returning},
 * no {@code on conflict}, JSON as {@code text}.
 */
package dev.palimpsest.storage;
