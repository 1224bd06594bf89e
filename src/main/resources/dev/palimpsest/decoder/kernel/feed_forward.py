# The feed-forward part of a layer.
from typing import Optional

import torch
from linear import project
from settings import Settings
from torch import Tensor
from weights import FeedForward


# The activation, in place where there is such an operation: memory that is still in the caches.
def activate(settings: Settings, x: Tensor) -> Tensor:
    kind = settings.activation
    if kind == 0:
        y = torch.silu_(x)
    elif kind == 1:
        y = torch.gelu(x, approximate="tanh")
    elif kind == 2:
        y = torch.gelu(x)
    elif kind == 3:
        y = torch.relu_(x)
    elif kind == 4:
        y = torch.tanh_(x)
    elif kind == 5:
        y = torch.sigmoid(x * 1.702).mul_(x)
    else:
        y = torch.square(torch.relu_(x))
    return y


# h [N, H] -> [N, H].
def feed_forward(settings: Settings, mlp: FeedForward, h: Tensor, choice: Optional[Tensor]) -> Tensor:
    gate = mlp.gate
    if gate is not None:
        y = activate(settings, project(h, gate, choice))  # [N, I]
        y = y.mul_(project(h, mlp.up, choice))
    elif settings.gated:
        both = project(h, mlp.up, choice)  # [N, 2 I]
        I = both.size(1) // 2
        y = activate(settings, both.narrow(1, 0, I)).mul_(both.narrow(1, I, I))
    else:
        y = activate(settings, project(h, mlp.up, choice))
    return project(y, mlp.down, choice)
