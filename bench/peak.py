"""peak.py: GFLOP/s of torch.matmul on one thread for the shapes of SmolLM2-135M, the limit that the runs are compared with."""

import os
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch

SHAPES = {"qkv": (576, 960), "attention out": (576, 576), "gate and up": (576, 3072), "down": (1536, 576)}

torch.set_num_threads(1)
for dtype in (torch.float32, torch.bfloat16):
    flops = seconds = 0.0
    for name, (n_in, n_out) in SHAPES.items():
        x, w = torch.randn(1024, n_in).to(dtype), torch.randn(n_out, n_in).to(dtype)
        for _ in range(3):
            torch.nn.functional.linear(x, w)
        times = []
        for _ in range(15):
            started = time.perf_counter()
            torch.nn.functional.linear(x, w)
            times.append(time.perf_counter() - started)
        times.sort()
        work = 2 * 1024 * n_in * n_out
        flops += work
        seconds += times[7]
        print(f"{dtype} {name}: {work / times[7] / 1e9:.0f} GFLOP/s")
    print(f"{dtype} all: {flops / seconds / 1e9:.0f} GFLOP/s")
