"""parity.py CHECKPOINT [--adapter DIR]: the same numbers as transformers, in float32, from the same files (a folder or a .gguf file).

Compares logits of the last position and log-probabilities of every token on texts of several lengths, greedy generations, chat
renderings and token ids. Exits 1 when a bound is passed: 1e-4 relative to the largest logit, 1e-3 for summed log-likelihoods.
"""

import argparse
import json
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch

from common import palimpsest

TEXTS = [
    "The",
    "The quick brown fox jumps over the lazy dog.",
    "In 1969, two people walked on the Moon for the first time; the third stayed in orbit.",
    "def add(a, b):\n    return a + b\n\nprint(add(2, 3))",
    "Ångström, naïve, 東京, 🙂🙃 — mixed scripts and signs: ½ × 3 ≠ 1·5",
    "A longer passage. " + "The river ran past the mill and the mill turned its wheel, day after day. " * 12,
]
CHATS = [
    [{"role": "user", "content": "What is the capital of France?"}],
    [{"role": "system", "content": "Answer in one word."}, {"role": "user", "content": "Which planet is red?"}],
    [
        {"role": "user", "content": "Hi!"},
        {"role": "assistant", "content": "Hello. How can I help?"},
        {"role": "user", "content": "Write one sentence about rain."},
    ],
]


def load(path):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    where = (path, {})
    if os.path.isfile(path):
        folder, name = os.path.split(os.path.abspath(path))
        where = (folder, {"gguf_file": name})
    tokenizer = AutoTokenizer.from_pretrained(where[0], **where[1])
    model = AutoModelForCausalLM.from_pretrained(where[0], dtype=torch.float32, **where[1]).eval()
    return tokenizer, model


@torch.inference_mode()
def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("--adapter")
    args = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer, model = load(args.checkpoint)
    options = ["--checkpoint", args.checkpoint, "--dtype", "float32"]
    if args.adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, args.adapter).eval()
        options += ["--adapter", args.adapter]
    worst = {"logits_relative": 0.0, "token_logprob": 0.0, "sum_logprob": 0.0}
    failures = []

    ids = [tokenizer(t)["input_ids"] for t in TEXTS]
    ours, _, _ = palimpsest("logits", *options, requests=[{"id": str(i), "ids": x} for i, x in enumerate(ids)])
    for x, row in zip(ids, ours):
        logits = model(torch.tensor([x])).logits[0].float()
        largest = logits[-1].abs().max().item()
        worst["logits_relative"] = max(
            worst["logits_relative"], (logits[-1] - torch.tensor(row["logits_last"])).abs().max().item() / largest
        )
        # In float64: torch's float32 log_softmax over 49,152 entries is itself off by up to 8e-6 a token, always to one side.
        expected = torch.log_softmax(logits.double(), -1)[range(len(x) - 1), x[1:]]
        if len(x) > 1:
            difference = expected - torch.tensor(row["logprobs"])
            worst["token_logprob"] = max(worst["token_logprob"], difference.abs().max().item())
            worst["sum_logprob"] = max(worst["sum_logprob"], abs(difference.sum().item()))
        if logits.argmax(-1).tolist() != row["argmax"]:
            failures.append(f"argmax differs on a text of {len(x)} tokens")

    tokenised, _, _ = palimpsest(
        "tokenize", "--checkpoint", args.checkpoint,
        requests=[{"id": str(i), "text": t, "add_special_tokens": True} for i, t in enumerate(TEXTS)],
    )
    for t, x, row in zip(TEXTS, ids, tokenised):
        if x != row["ids"]:
            failures.append(f"token ids differ on {t[:40]!r}")

    rendered, _, _ = palimpsest(
        "tokenize", "--checkpoint", args.checkpoint,
        requests=[{"id": str(i), "messages": m, "add_generation_prompt": True} for i, m in enumerate(CHATS)],
    )
    prompts = []
    for m, row in zip(CHATS, rendered):
        text = tokenizer.apply_chat_template(m, tokenize=False, add_generation_prompt=True)
        prompts.append(tokenizer(text, add_special_tokens=False)["input_ids"])
        if text != row["rendered"] or prompts[-1] != row["ids"]:
            failures.append(f"chat rendering differs on {m[-1]['content']!r}")

    generated, _, _ = palimpsest(
        "generate", *options, "--max-new-tokens", "48",
        requests=[{"id": str(i), "prompt_ids": p} for i, p in enumerate(prompts)],
    )
    for p, row in zip(prompts, generated):
        out = model.generate(input_ids=torch.tensor([p]), attention_mask=torch.ones(1, len(p), dtype=torch.long),
                             max_new_tokens=48, do_sample=False)[0, len(p):].tolist()
        if out != row["ids"]:
            failures.append(f"generation differs at token {next((i for i, (a, b) in enumerate(zip(out, row['ids'])) if a != b), len(out))}")

    if worst["logits_relative"] > 1e-4:
        failures.append("logits differ by more than 1e-4 of the largest")
    if worst["sum_logprob"] > 1e-3:
        failures.append("a summed log-likelihood differs by more than 1e-3")
    print(json.dumps({"checkpoint": os.path.basename(args.checkpoint.rstrip("/")), "largest_differences": worst, "failures": failures}, indent=1))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
