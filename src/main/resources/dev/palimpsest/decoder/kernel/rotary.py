# Rotary position embeddings (Su et al. 2021, arXiv:2104.09864). D' is the rotated part of a head.
from typing import List, NamedTuple

import torch
from rows import Row
from settings import Settings
from torch import Tensor
from weights import Model


class Rotation(NamedTuple):
    cos: Tensor  # [N, 1, D'/2]
    sin: Tensor  # [N, 1, D'/2]


# The length of the sequence that each token of a row belongs to [N].
def sequence_lengths(row: Row) -> Tensor:
    lengths = torch.zeros_like(row.positions)
    for prompt in row.prompts:
        lengths[prompt.start : prompt.start + prompt.length].fill_(prompt.sequence)
    return lengths


# Inverse frequencies [N, D'/2] of tokens in sequences of the given lengths [N], where they depend on it. Up to the
# limit they are the usual ones. Beyond it: the second set (longrope), or those of a larger base (dynamic),
# base * (factor * length / limit - (factor - 1))^(D' / (D' - 2)).
def stretch(settings: Settings, inverse: Tensor, lengths: Tensor, kind: int) -> Tensor:
    limit = settings.rope_limits[kind]
    factor = settings.rope_factors[kind]
    n = lengths.unsqueeze(1)  # [N, 1]
    over = n > limit
    if inverse.dim() == 2:
        return torch.where(over, inverse[1], inverse[0])
    d = 2 * inverse.size(0)
    grown = n.clamp_min(limit).to(torch.float32) * factor / limit - (factor - 1.0)
    base = torch.pow(grown, d / (d - 2)) * settings.rope_thetas[kind]
    exponents = torch.arange(0, d, 2, dtype=torch.float32, device=inverse.device) / d
    return torch.where(over, torch.pow(base, exponents).reciprocal(), inverse)


# The rotations of tokens at positions [N] by every kind of rotary embedding that the model has.
def rotations(model: Model, positions: Tensor, lengths: Tensor) -> List[Rotation]:
    settings = model.settings
    result: List[Rotation] = []
    for kind in range(len(model.ropes)):
        inverse = model.ropes[kind]
        if settings.rope_limits[kind] > 0:
            inverse = stretch(settings, inverse, lengths, kind)
        angle = (positions.to(torch.float32).unsqueeze(1) * inverse).unsqueeze(1)  # [N, 1, D'/2]
        scale = settings.rope_scales[kind]
        result.append(Rotation(torch.cos(angle).mul_(scale), torch.sin(angle).mul_(scale)))
    return result


# Rotates the leading part of each head in place: x [N, heads, D], float32.
def rotate(x: Tensor, rotation: Rotation) -> Tensor:
    half = rotation.cos.size(-1)
    one = x.narrow(-1, 0, half)
    two = x.narrow(-1, half, half)
    kept = one * rotation.sin
    one.mul_(rotation.cos).addcmul_(two, rotation.sin, value=-1)
    two.mul_(rotation.cos).add_(kept)
    return x
