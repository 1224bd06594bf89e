/**
 * How the REST API is declared and described: operations with what they take and answer, the checks
 * of what arrives against the very schemas that are published, and the OpenAPI document made of
 * both. What the operations do stands beside the pages that do the same.
 *
 * <p>Bodies are JSON; a failure is a problem of RFC 9457. What does not fit the published schema is
 * refused with 400 before it reaches an operation, and what fits and is not possible with 404, 409
 * or 422.
 */
package dev.palimpsest.web.api;
