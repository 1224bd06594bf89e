"""penalty_golden.py LLAMA_DIR OUT_FILE: what transformers generates under repetition penalties, prompt by prompt.

The prompts are those of the checkpoint's expected.json, the penalties as generation_config.json would give them; greedy, float32.
"""

import json
import os
import sys

import torch
from transformers import AutoModelForCausalLM

folder, out = sys.argv[1:]
model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
prompts = [entry["prompt_ids"] for entry in json.load(open(os.path.join(folder, "expected.json")))["generate"]]
rows = []
for penalty in (1.1, 1.5, 0.8):
    for prompt in prompts:
        with torch.inference_mode():
            made = model.generate(torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt), dtype=torch.long),
                                  do_sample=False, max_new_tokens=40, repetition_penalty=penalty)[0, len(prompt):].tolist()
        rows.append({"repetition_penalty": penalty, "prompt_ids": prompt, "output_ids": made})
with open(out, "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
