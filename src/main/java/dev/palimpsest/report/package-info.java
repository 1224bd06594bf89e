/**
 * Reports: the model of what an audit found, the pages that show it, and the files that people
 * sign, read and feed to other tools, one room each. Nothing here runs a model or decides a
 * verdict. What all rooms stand on lies here: text that deceives nobody, and XML.
 */
package dev.palimpsest.report;
