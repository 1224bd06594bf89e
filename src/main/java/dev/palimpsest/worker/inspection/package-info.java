/**
 * The whole inspection of a checkpoint, in a process of its own: its structure, whether an adapter
 * fits its base, and a trial of the tokenizer and the chat template. The command line and the web
 * app both go through {@link dev.palimpsest.worker.inspection.InspectionProcess}, so they say the
 * same of the same files, and a file that crashes native code, eats memory or never ends takes down
 * that process only.
 *
 * <pre>
 * child → {"step": {"file": "model", "doing": "reading it"}}            when it gets somewhere
 * child → {"inspection": {…}}                     after the structure, and again at the end
 * child → {"refusal": {"file": "config.json", "sentence": "…"}}   instead, where nothing can be told
 * child → {"done": true}
 * </pre>
 */
package dev.palimpsest.worker.inspection;
