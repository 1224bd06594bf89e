/**
 * Inference in a process of its own, so that a native abort, an out-of-memory kill or a hostile
 * file takes down a worker and never the application or its data.
 *
 * <p>The application starts {@code palimpsest worker} and talks to it in JSON lines: requests on
 * its standard input, replies on its standard output, logs on its standard error.
 *
 * <pre>
 * worker → {"hello": "palimpsest-worker/2", "pid": 4711}                          once, at start
 * app    → {"id": 1, "operation": "load", "arguments": {"checkpoint": "/m/base", …}}
 * worker → {"beat": 4711}                                        every two seconds, whatever it does
 * worker → {"id": 1, "result": {"family": "llama", …}}
 * worker → {"id": 2, "failure": {"kind": "CHECKPOINT", "file": "config.json", "message": "…"}}
 * </pre>
 *
 * <p>In the place of one model a worker holds two side by side after {@code LOAD_PAIR}, whose
 * arguments are {@code {"base": SIDE, "tuned": SIDE, "dtype": "float32"}} with {@code SIDE} as
 * {@code {"checkpoint": "/m/base", "adapter": "/m/tuned", "scale": 1.0}}, {@code adapter} being
 * null for none. Then it takes {@code ENCODE_PAIR}; {@code KL}, with {@code {"requests":
 * [{"contextIds", "continuationIds": [ids]}…]}}, and {@code KL_TEXTS}, with {@code {"texts",
 * "window"}}, both of which are answered by {@code {"divergence": [nats of each token],
 * "baseLogProb", "tunedLogProb", "sameTop"}} for each; and {@code AMPLIFY}, with {@code {"how":
 * {"alpha", "plausible"}, "requests": [{"promptIds", "options"}…]}}, answered as {@code GENERATE}
 * is. {@code READ} asks one loaded model with the adapters {@code "base"}, which may be null, and
 * {@code "tuned"}, a list of such, for the same requests as {@code KL}; the answer for each is
 * {@code {"base": SCORE, "tuned": [{"score": SCORE, "divergence": [nats of each token]}…]}} with
 * {@code SCORE} as {@code SCORE} answers it.
 *
 * <p>One request is under way at a time. The worker ends when its standard input closes, which the
 * operating system does when the application is gone, however it went. Floats are written as the
 * shortest decimal that reads back to the same float32: a batch's reply is a few kilobytes of
 * log-probabilities, which stays readable; only whole logits, a tool for comparisons, are large.
 */
package dev.palimpsest.worker;
