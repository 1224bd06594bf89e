/**
 * What people say of free answers without seeing which arm gave them: a grade from 0 to 100 of one
 * answer, or which of two answers to a question is the better one. Labels are added and never
 * changed; the newest of a person on an answer counts. They measure a judge, and each other.
 */
package dev.palimpsest.audit.label;
