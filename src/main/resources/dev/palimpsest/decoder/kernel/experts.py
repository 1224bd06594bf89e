# A feed-forward part of experts, of which each token goes through a few.
from typing import Optional, Tuple

import torch
from feed_forward import activate
from linear import project
from rows import choice_at
from settings import Settings
from torch import Tensor
from weights import Expert, Linear, Mixture, SharedExpert


# Which experts each token of h [N, H], float32, goes through and with what share: [N, chosen] each. "routing" is 0
# for the shares of a softmax over all experts, 1 if those of the chosen ones are made to add up to 1, 2 for a softmax
# over the chosen ones.
def route(settings: Settings, router: Linear, h: Tensor, choice: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
    scores = project(h, router, choice)  # [N, experts]
    if settings.routing == 2:
        top, chosen = torch.topk(scores, settings.experts_chosen, 1)
        return (torch.softmax(top, -1), chosen)
    share, chosen = torch.topk(torch.softmax(scores, -1), settings.experts_chosen, 1)
    if settings.routing == 1:
        share = share / share.sum([1], True)
    return (share, chosen)


# A gate's function times what it lets through, in place, of both side by side [N, 2 I] -> [N, I]; clamped for
# gpt-oss: the gate from above, the other one from both sides.
def let_through(settings: Settings, both: Tensor) -> Tensor:
    I = both.size(1) // 2
    gate = both.narrow(1, 0, I)
    up = both.narrow(1, I, I)
    limit = settings.glu_limit
    if limit > 0.0:
        gate = gate.clamp_max(limit)
        up = up.clamp(-limit, limit) + 1
        return torch.sigmoid(gate * settings.glu_gain).mul_(gate).mul_(up)
    return activate(settings, gate).mul_(up)


# One expert over its tokens h [n, H] -> [n, H].
def through_expert(settings: Settings, expert: Expert, h: Tensor, choice: Optional[Tensor]) -> Tensor:
    inner = let_through(settings, project(h, expert.up, choice))
    return project(inner, expert.down, choice)


# The expert that all tokens h [N, H] go through, times its own gate -> [N, H], float32. "wide" is h in float32.
def through_shared(
    settings: Settings, expert: SharedExpert, h: Tensor, wide: Tensor, choice: Optional[Tensor]
) -> Tensor:
    inner = let_through(settings, project(h, expert.up, choice))
    y = project(inner, expert.down, choice).to(torch.float32)
    return y * torch.sigmoid(project(wide, expert.gate, choice))


# h [N, H] -> [N, H], float32. Tokens are sorted by expert: one is computed once over all of its tokens, and not at
# all if it has none.
def mix(settings: Settings, mixture: Mixture, h: Tensor, choice: Optional[Tensor]) -> Tensor:
    wide = h.to(torch.float32)
    share, chosen = route(settings, mixture.router, wide, choice)
    which, order = torch.sort(chosen.reshape([-1]), stable=True, dim=0, descending=False)
    counts = torch.bincount(which, None, len(mixture.experts)).cpu()
    tokens = torch.floor_divide(order, settings.experts_chosen)
    shares = share.reshape([-1]).index_select(0, order).unsqueeze(1)  # [N * chosen, 1]
    shared = mixture.shared
    if shared is not None:
        result = through_shared(settings, shared, h, wide, choice)
    else:
        result = torch.zeros_like(wide)
    start = 0
    for e in range(len(mixture.experts)):
        end = start + int(counts[e])
        if end > start:
            own = tokens[start:end]
            y = through_expert(settings, mixture.experts[e], h.index_select(0, own), choice_at(choice, own))
            result.index_add_(0, own, y.to(torch.float32) * shares[start:end])
        start = end
    return result
