/** What a suite has to be beside readable: checks of the items themselves, without a model. */
package dev.palimpsest.suite.quality;
