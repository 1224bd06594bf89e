"""family_golden.py OUT [NAME ...]: tiny random checkpoints of model families with what transformers computes from them, in float32.

Makes OUT/NAME/{config.json, model.safetensors, tokenizer files, expected.json} in the layout of src/test/resources/golden. The weights are
random; vectors (biases, norms) are far from their usual starting values, so that leaving one out is seen. The tokenizer is that of
golden/gpt2. A sequence is computed by a freshly loaded model, because some rotary embeddings remember the longest sequence before.
"""

import argparse
import json
import os
import shutil

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

GOLDEN = os.path.join(os.path.dirname(__file__), "../src/test/resources/golden")
TOKENIZER = os.path.join(GOLDEN, "gpt2")
VOCABULARY = 400
MARGIN = 2e-3
LENGTHS = (1, 5, 17, 40)
PROMPTS = (7, 19, 3, 12)
TEXTS = [
    ("Question: Which river is quiet?\nAnswer:", " the window"),
    ("The quiet river opens the ", "window in the city."),
    ("", "The river"),
    ("A", " b c d e f g"),
]

COMMON = dict(vocab_size=VOCABULARY, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=128)


def longrope(pairs):
    short = [1.0 + 0.05 * i for i in range(pairs)]
    return dict(rope_type="longrope", short_factor=short, long_factor=[1.5 + 0.7 * i for i in range(pairs)])


FAMILIES = {
    "phi": ("phi", dict(COMMON, intermediate_size=72, num_key_value_heads=2, partial_rotary_factor=0.5, qk_layernorm=True)),
    "stablelm": ("stablelm", dict(COMMON, intermediate_size=48, num_key_value_heads=2, partial_rotary_factor=0.25, use_qkv_bias=True, qk_layernorm=True)),
    "stablelm_parallel": ("stablelm", dict(COMMON, intermediate_size=48, num_key_value_heads=4, use_parallel_residual=True, tie_word_embeddings=True)),
    "opt": ("opt", dict(COMMON, ffn_dim=48)),
    "opt_350m": ("opt", dict(COMMON, ffn_dim=48, word_embed_proj_dim=20, do_layer_norm_before=False)),
    "falcon_7b": ("falcon", dict(COMMON, ffn_hidden_size=80)),
    "falcon_40b": ("falcon", dict(COMMON, new_decoder_architecture=True, num_kv_heads=2, bias=True)),
    "falcon_11b": ("falcon", dict(COMMON, new_decoder_architecture=True, num_kv_heads=2, num_ln_in_parallel_attn=1, tie_word_embeddings=False)),
    "falcon_rw": ("falcon", dict(COMMON, num_attention_heads=6, hidden_size=48, ffn_hidden_size=48, multi_query=False, parallel_attn=False, alibi=True, bias=True)),
    "phi3_longrope": (
        "phi3",
        dict(COMMON, intermediate_size=48, num_key_value_heads=2, partial_rotary_factor=0.75, original_max_position_embeddings=16, rope_scaling=longrope(3)),
    ),
    "ministral": (
        "ministral",
        dict(COMMON, intermediate_size=48, num_hidden_layers=3, num_key_value_heads=2, head_dim=12, sliding_window=6, layer_types=["full_attention", "sliding_attention", "sliding_attention"]),
    ),
    "gemma3_whole": (
        "gemma3",
        dict(
            text_config=dict(
                COMMON,
                vocab_size=VOCABULARY,
                model_type="gemma3_text",
                intermediate_size=48,
                num_hidden_layers=4,
                num_key_value_heads=2,
                head_dim=8,
                sliding_window=6,
                layer_types=["sliding_attention", "full_attention"] * 2,
            ),
            vision_config=dict(model_type="siglip_vision_model", hidden_size=8, intermediate_size=12, num_attention_heads=2, num_hidden_layers=1, image_size=28, patch_size=14),
            mm_tokens_per_image=4,
            boi_token_index=390,
            eoi_token_index=391,
            image_token_index=392,
        ),
    ),
    "gemma": ("gemma", dict(COMMON, intermediate_size=48, num_key_value_heads=1, head_dim=12)),
    "llama_dynamic": (
        "llama",
        dict(COMMON, intermediate_size=48, num_key_value_heads=2, max_position_embeddings=24, attention_bias=True, mlp_bias=True, rope_scaling=dict(rope_type="dynamic", factor=4.0)),
    ),
}


def randomise(model, generator):
    for parameter in model.parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        with torch.no_grad():
            if parameter.dim() == 1:
                parameter.add_(0.3 * noise)
            else:
                parameter.copy_(noise * 1.6 / parameter.shape[-1] ** 0.5)


def make(folder, family, settings, seed=1, dtype=torch.float32):
    """Saves a random checkpoint."""
    torch.manual_seed(seed)
    if "vocab_size" not in settings and "text_config" not in settings:
        settings = dict(settings, vocab_size=VOCABULARY)
    config = transformers.AutoConfig.for_model(family, **settings, bos_token_id=0, eos_token_id=0, pad_token_id=0)
    model = AutoModelForCausalLM.from_config(config).float()
    randomise(model, torch.Generator().manual_seed(seed))
    model.tie_weights()
    shutil.rmtree(folder, ignore_errors=True)
    model.to(dtype).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(os.path.join(TOKENIZER, name), folder)


def load(folder):
    """Eager attention, but for ALiBi: there transformers' eager attention adds the biases twice."""
    alibi = transformers.AutoConfig.from_pretrained(folder).to_dict().get("alibi")
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa" if alibi else "eager").eval()


class Reference:
    """What transformers computes from a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.model = load(folder)
        self.remembers = "dynamic" in json.dumps(self.model.config.to_dict())

    def fresh(self):
        if self.remembers:
            self.model = load(self.folder)
        return self.model

    @torch.inference_mode()
    def logits(self, ids):
        return self.fresh()(torch.tensor([ids])).logits[0].float()

    @torch.inference_mode()
    def generate(self, ids, count):
        out = self.fresh().generate(torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long), max_new_tokens=count, do_sample=False)
        return out[0, len(ids) :].tolist()


def numbers(tensor):
    return [float("%.9g" % x) for x in tensor.tolist()]


def margin(logits):
    top = logits.topk(2, -1).values
    return (top[..., 0] - top[..., 1]).min().item()


def draw(reference, length, seed, limit):
    """Random ids at which no position is a close call."""
    for attempt in range(50):
        generator = torch.Generator().manual_seed(1000 * seed + attempt)
        ids = torch.randint(1, limit, (length,), generator=generator).tolist()
        logits = reference.logits(ids)
        if margin(logits) >= MARGIN:
            return ids, logits
    raise SystemExit("every sequence has a close call; change the seed")


def case(ids, logits, **more):
    log_probs = torch.log_softmax(logits, -1)[range(len(ids) - 1), ids[1:]]
    return dict(more, input_ids=ids, logits_last=numbers(logits[-1]), logprobs_target=numbers(log_probs), argmax=logits.argmax(-1).tolist())


def generation(reference, length, seed, limit, count=16):
    for attempt in range(50):
        generator = torch.Generator().manual_seed(77 + 1000 * seed + attempt)
        ids = torch.randint(1, limit, (length,), generator=generator).tolist()
        new = reference.generate(ids, count)
        if margin(reference.logits(ids + new)[length - 1 : -1]) >= MARGIN:
            ended = new[-1] == 0
            return dict(prompt_ids=ids, max_new_tokens=count, output_ids=new, finish="eos" if ended else "length")
    raise SystemExit("every generation has a close call; change the seed")


def likelihood(reference, context_ids, continuation_ids, longest, **more):
    whole = (context_ids + continuation_ids)[-(longest + 1) :]
    logits = torch.log_softmax(reference.logits(whole[:-1]), -1)[-len(continuation_ids) :]
    total = logits[range(len(continuation_ids)), continuation_ids].sum().item()
    greedy = logits.argmax(-1).tolist() == continuation_ids
    truncated = len(context_ids) + len(continuation_ids) > longest + 1
    return dict(more, context_ids=context_ids, continuation_ids=continuation_ids, logprob=total, is_greedy=greedy, truncated=truncated)


def likelihoods(reference, tokenizer, longest):
    for context, continuation in TEXTS:
        if context == "":
            context_ids, continuation_ids = [tokenizer.bos_token_id], tokenizer.encode(continuation, add_special_tokens=False)
        else:
            stripped = context.rstrip()
            moved = context[len(stripped) :] + continuation
            context_ids = tokenizer.encode(stripped)
            continuation_ids = tokenizer.encode(stripped + moved)[len(context_ids) :]
        yield likelihood(reference, context_ids, continuation_ids, longest, context=context, continuation=continuation)


def expect(folder, lengths=LENGTHS, prompts=PROMPTS):
    """Writes expected.json."""
    reference = Reference(folder)
    config = reference.model.config.get_text_config()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    limit = min(config.vocab_size, len(tokenizer))
    cases = [case(*draw(reference, n, n, limit), name="len%d" % n) for n in lengths]
    batch = [case(*draw(reference, n, n + 500, limit)) for n in (11, 23)]
    generations = [generation(reference, n, i, limit) for i, n in enumerate(prompts)]
    for entry in generations:
        entry["output_text"] = tokenizer.decode(entry["output_ids"], skip_special_tokens=True)
    expected = dict(
        transformers=transformers.__version__,
        torch=torch.__version__,
        dtype="float32",
        attn_implementation=config._attn_implementation,
        vocab_size=config.vocab_size,
        cases=cases,
        batch=dict(sequences=batch),
        generate=generations,
        loglikelihood=list(likelihoods(reference, tokenizer, config.max_position_embeddings)),
    )
    with open(os.path.join(folder, "expected.json"), "w") as out:
        json.dump(expected, out, separators=(",", ":"))
        out.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("names", nargs="*", default=list(FAMILIES))
    args = parser.parse_args()
    torch.set_num_threads(1)
    for name in args.names or FAMILIES:
        folder = os.path.join(args.out, name)
        make(folder, *FAMILIES[name])
        expect(folder)
        print(name, sum(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder)) // 1024, "KiB")


if __name__ == "__main__":
    main()
