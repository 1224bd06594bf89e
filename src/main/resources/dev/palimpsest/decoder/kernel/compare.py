# The distributions of two models over one vocabulary, which is walked in chunks: neither model's log-probabilities
# are ever kept.
from typing import NamedTuple

import torch
from score import best_so_far
from torch import Tensor


# What is known of one model at R positions, float64 [R] each.
class Distribution(NamedTuple):
    top: Tensor  # largest logit so far
    total: Tensor  # sum of exp(logit - top)
    best: Tensor  # index of the largest logit
    target: Tensor  # logit of the token that follows


class Comparison(NamedTuple):
    base: Distribution
    tuned: Distribution
    gap: Tensor  # [R]: sum of exp(base - top) (base - tuned), float64


def no_distribution(rows: int, like: Tensor) -> Distribution:
    nothing = torch.full([rows], -float("inf"), dtype=torch.float64, device=like.device)
    zeros = torch.zeros_like(nothing)
    return Distribution(nothing, zeros, zeros, zeros)


def no_comparison(rows: int, like: Tensor) -> Comparison:
    nothing = no_distribution(rows, like)
    return Comparison(nothing, nothing, nothing.total)


# What a stretch of the vocabulary adds for one model.
class Stretch(NamedTuple):
    high: Tensor  # [R]: its largest logits
    log_sum: Tensor  # [R]: logarithms of its sums of exponentials, float64


# Of logits [R, C] with their softmax p [R, C]: the share of the largest logit tells the sum of all exponentials.
def stretch_of(logits: Tensor, p: Tensor) -> Stretch:
    high = logits.amax([1])
    return Stretch(high, high.to(torch.float64) - torch.log(p.amax([1]).to(torch.float64)))


# Takes in the stretch from "start" on, logits [R, C].
def extend(known: Distribution, stretch: Stretch, logits: Tensor, targets: Tensor, start: int) -> Distribution:
    C = logits.size(1)
    top = torch.maximum(known.top, stretch.high)
    total = known.total * torch.exp(known.top - top) + torch.exp(stretch.log_sum - top)
    best = best_so_far(logits, stretch.high, known.top, known.best, start)
    inside = (targets >= start) & (targets < start + C)
    column = (targets - start).clamp(0, C - 1).unsqueeze(1)
    hit = logits.gather(1, column).squeeze(1).to(torch.float64)
    return Distribution(top, total, best, torch.where(inside, hit, known.target))


# Takes in the logits of both models [R, C] of the stretch from "start" on, and the base's part of their divergence.
def extend_comparison(known: Comparison, base: Tensor, tuned: Tensor, targets: Tensor, start: int) -> Comparison:
    p = torch.softmax(base, 1)
    stretch = stretch_of(base, p)
    base_side = extend(known.base, stretch, base, targets, start)
    tuned_side = extend(known.tuned, stretch_of(tuned, torch.softmax(tuned, 1)), tuned, targets, start)
    before = known.gap * torch.exp(known.base.top - base_side.top)
    gap = p.mul_(base - tuned).sum([1])
    return Comparison(base_side, tuned_side, before + gap * torch.exp(stretch.log_sum - base_side.top))
