# Norms, in float32 whatever type the layers compute in.
from typing import Optional, Tuple

import torch
from settings import Settings
from torch import Tensor
from weights import Norm


# x [.., width] -> [.., width].
def normalise(x: Tensor, norm: Norm) -> Tensor:
    x = x.to(torch.float32)
    if norm.centred:
        return torch.layer_norm(x, [x.size(-1)], norm.weight, norm.bias, norm.epsilon)
    mean = (x * x).mean([-1], True)
    return (x * (mean + norm.epsilon).rsqrt()).mul_(norm.weight)


# The residual stream x [N, H] and the input of a layer's part: the norm of x, which is the stream itself from
# then on if norms come after the parts ("post_norm").
def enter(settings: Settings, x: Tensor, norm: Optional[Norm]) -> Tuple[Tensor, Tensor]:
    normed = x
    if norm is not None:
        normed = normalise(x, norm)
    if settings.post_norm:
        x = normed
    return (x, normed.to(settings.compute))


# The output y [N, H] of a layer's part, which some families norm before it is added to the stream.
def leave(y: Tensor, norm: Optional[Norm]) -> Tensor:
    if norm is not None:
        y = normalise(y, norm)
    return y


# Queries or keys x [N, heads * D] -> [N, heads, D]. "head_norm" is 0 if the norm is over all heads before they are
# split, 1 or 2 if it is over each head by one weight (and bias) [D], 3 by a weight for each head [heads, D].
def normalise_heads(settings: Settings, x: Tensor, norm: Norm, heads: int) -> Tensor:
    D = settings.head_dim
    if settings.head_norm == 0:
        return normalise(x, norm).view([-1, heads, D])
    by_head = x.reshape([-1, heads, D])
    if settings.head_norm == 3:
        return torch.layer_norm(by_head.to(torch.float32), [D], None, None, norm.epsilon).mul_(norm.weight)
    return normalise(by_head, norm)
