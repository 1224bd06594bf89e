/**
 * Reports: the model of what an audit found, its charts, and the files that people sign, read and
 * feed to other tools. Nothing here runs a model or decides a verdict.
 */
package dev.palimpsest.report;
