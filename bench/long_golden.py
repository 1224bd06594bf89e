"""long_golden.py LLAMA_DIR OUT_FILE: log-probabilities that transformers gives the tokens of long prompts, float32."""

import json
import sys

import torch
from transformers import AutoModelForCausalLM

LENGTHS = (255, 256, 300, 512)

folder, out = sys.argv[1:]
torch.set_num_threads(1)
model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
rows = []
for length in LENGTHS:
    ids = [(i * i + 5 * i + length) % model.config.vocab_size for i in range(length)]
    with torch.inference_mode():
        log_probs = torch.log_softmax(model(torch.tensor([ids])).logits[0], -1)
    tokens = [round(log_probs[i, ids[i + 1]].item(), 6) for i in range(length - 1)]
    rows.append({"ids": ids, "token_log_probs": tokens})
with open(out, "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
