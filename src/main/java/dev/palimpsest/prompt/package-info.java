/**
 * Text in and out of a model: tokenizers, lm-eval's split rule and chat templates.
 *
 * <h2>What is read of a Hugging Face folder</h2>
 *
 * <p>The ids are those of {@code AutoTokenizer} of transformers 5.24, which reads in this order:
 *
 * <ol>
 *   <li>the class ({@link dev.palimpsest.prompt.TokenizerClass}): {@code tokenizer_class} of
 *       tokenizer_config.json, else of config.json, else the one that the family ({@code
 *       model_type}) has; families whose published files name a wrong one have their own;
 *   <li>the vocabulary: tokenizer.json; where it is missing tokenizer.model, else vocab.json and
 *       merges.txt ({@link dev.palimpsest.prompt.TokenizerFiles});
 *   <li>the pipeline: that of tokenizer.json, unless the class builds its own around the vocabulary
 *       ({@link dev.palimpsest.prompt.RebuiltPipeline}); truncation, padding and dropout are off;
 *   <li>the named special tokens (bos_token, eos_token and others): tokenizer_config.json, over it
 *       special_tokens_map.json, else those of the class;
 *   <li>the added tokens ({@link dev.palimpsest.prompt.NamedTokens}): {@code added_tokens_decoder}
 *       of tokenizer_config.json, and where it is missing {@code added_tokens} of tokenizer.json,
 *       special_tokens_map.json and added_tokens.json; then named tokens that are still missing,
 *       then {@code extra_special_tokens} or {@code additional_special_tokens};
 *   <li>their ids ({@link dev.palimpsest.prompt.AddedVocabulary}): a token that the vocabulary has
 *       keeps that id, another gets the next free one, whatever id a file gives it; where the two
 *       differ, it is said.
 * </ol>
 *
 * <p>What the tokens of an answer end on: {@code eos_token_id} of generation_config.json, else of
 * config.json, else the tokenizer's eos_token; for an adapter those of its base, as for the merged
 * model. The chat template: chat_template.jinja, else {@code chat_template} of
 * tokenizer_config.json.
 *
 * <p>An adapter's folder is read in the same way as far as it holds a tokenizer or a chat template
 * of its own; what it does not hold is the base's.
 *
 * <h2>What is read of a GGUF file</h2>
 *
 * <p>The keys {@code tokenizer.ggml.*} and {@code tokenizer.chat_template}, by the rules of
 * llama.cpp ({@link dev.palimpsest.prompt.GgufTokenizer}); answers end on the tokens of {@link
 * dev.palimpsest.prompt.GgufEndTokens}.
 */
package dev.palimpsest.prompt;
