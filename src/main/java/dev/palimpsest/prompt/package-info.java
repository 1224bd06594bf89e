/** Text in and out of a model: tokenizers, lm-eval's split rule and chat templates. */
package dev.palimpsest.prompt;
