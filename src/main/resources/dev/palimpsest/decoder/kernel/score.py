# Log-probabilities of given tokens.
from typing import Optional, Tuple

import torch
from head import logits_of
from torch import Tensor
from weights import Model


# Indexes in the vocabulary of the largest logits so far [R], when a stretch of it from "start" on is taken in, of
# which "high" are the largest [R] and "top" those before it. Few rows find theirs there, and only they are searched.
def best_so_far(logits: Tensor, high: Tensor, top: Tensor, index: Tensor, start: int) -> Tensor:
    rows = torch.nonzero(high > top).squeeze(1)
    found = logits.index_select(0, rows).argmax(1)
    return index.index_copy(0, rows, (found + start).to(index.dtype))


# Log-probabilities of targets [M], read at the rows "at" [M] of h [R, E], and the most likely token of each row [R].
# The vocabulary is walked in chunks, so that memory does not grow with rows times vocabulary; they are no power of
# two long, as such rows would compete for the same lines of the processor's cache.
def likelihoods(
    model: Model, h: Tensor, choice: Optional[Tensor], at: Tensor, targets: Tensor
) -> Tuple[Tensor, Tensor]:
    R = h.size(0)
    V = model.head.weight.size(0)
    chunk = max(1024, 1048576 // max(R, 1)) // 64 * 64 + 16
    total = torch.full([R], -float("inf"), dtype=torch.float32, device=h.device)  # log of the sum of exponentials
    best = torch.full_like(total, -float("inf"))
    index = torch.zeros([R], dtype=torch.int64, device=h.device)
    chosen = torch.zeros([targets.size(0)], dtype=torch.float32, device=h.device)  # logits of the targets
    for start in range(0, V, chunk):
        end = min(start + chunk, V)
        logits = logits_of(model, h, choice, start, end)  # [R, end - start]
        high = logits.amax([1])
        index = best_so_far(logits, high, best, index, start)
        best = torch.maximum(high, best)
        inside = (targets >= start) & (targets < end)
        column = (targets - start).clamp(0, end - start - 1)
        chosen = torch.where(inside, torch.index(logits, [at, column]), chosen)
        share = torch.softmax(logits, 1).amax([1])
        total = torch.logaddexp(total, high - torch.log(share))
    return (chosen - total.index_select(0, at), index)
