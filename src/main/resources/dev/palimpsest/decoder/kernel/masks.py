# Which keys a query may look at, and how far away they are.
from typing import List, Optional

import torch
from rows import Row
from settings import Settings
from torch import Tensor


# Whether attention needs more than the engine's own operation offers.
def by_hand(settings: Settings) -> bool:
    return settings.attention_cap > 0.0 or settings.sinks


# 0 where a query may look, -inf where not: [queries, keys].
def mask_of(query_pos: Tensor, query_branch: Tensor, key_pos: Tensor, key_branch: Tensor, window: int) -> Tensor:
    q = query_pos.unsqueeze(1)
    k = key_pos.unsqueeze(0)
    branch = key_branch.unsqueeze(0)
    seen = (branch == 0) | (query_branch.unsqueeze(1) == branch)
    seen = seen & (k <= q)
    if window > 0:
        seen = seen & (q - k < window)
    mask = torch.zeros([query_pos.size(0), key_pos.size(0)], dtype=torch.float32, device=query_pos.device)
    return mask.masked_fill_(seen.bitwise_not(), -float("inf"))


# The mask of every prompt for one window size. None means plainly causal; a mask with fewer rows than the prompt
# has tokens is for the last ones only, those before it being plainly causal.
def masks_of(settings: Settings, row: Row, prefix: int, window: int) -> List[Optional[Tensor]]:
    masks: List[Optional[Tensor]] = []
    before = torch.arange(prefix, dtype=torch.int64, device=row.positions.device)
    for prompt in row.prompts:
        end = prompt.start + prompt.length
        pos = row.positions[prompt.start : end]
        branch = row.branches[prompt.start : end]
        plain = prefix == 0 and not by_hand(settings) and len(settings.slopes) == 0
        if window > 0:
            plain = plain and prompt.length <= window
        first = 0  # the first masked token
        if plain and (prompt.context == prompt.length or prompt.context >= 192):
            first = prompt.context
        mask: Optional[Tensor] = None
        if first < prompt.length:
            key_pos = torch.cat([before, pos], 0)
            key_branch = torch.cat([torch.zeros_like(before), branch], 0)
            mask = mask_of(pos[first:], branch[first:], key_pos, key_branch, window).to(settings.compute)
        masks.append(mask)
    return masks


# What heads with slopes add to the products with keys at positions [.., S]: [.., K, Q/K, S], rounded as
# transformers does whatever type it computes in.
def slope_bias(settings: Settings, key_pos: Tensor) -> Tensor:
    slopes = torch.tensor(settings.slopes, dtype=torch.bfloat16, device=key_pos.device)
    far = key_pos.unsqueeze(-2).unsqueeze(-2)
    return (slopes.view([settings.kv_heads, -1, 1]) * far).to(torch.float32) * settings.attention_scale


# The same for every prompt of a row, over a shared prefix and its own keys: [K, Q/K, 1, S] each; None without slopes.
def biases_of(settings: Settings, row: Row, prefix: int) -> List[Optional[Tensor]]:
    biases: List[Optional[Tensor]] = []
    before = torch.arange(prefix, dtype=torch.int64, device=row.positions.device)
    for prompt in row.prompts:
        bias: Optional[Tensor] = None
        if len(settings.slopes) > 0:
            pos = row.positions[prompt.start : prompt.start + prompt.length]
            bias = slope_bias(settings, torch.cat([before, pos], 0)).unsqueeze(-2)
        biases.append(bias)
    return biases
