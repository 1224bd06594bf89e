# Generation: one new token for each of B rows at a time, whose keys and values are in a cache.
from typing import List, NamedTuple, Optional

import torch
from attention import queries_keys_values, scores_of, shares_of
from forward import after_attention, embed
from head import all_logits, final_hidden
from masks import by_hand, slope_bias
from norms import enter
from rotary import rotations
from rows import Cache, Prefix
from settings import Settings
from torch import Tensor
from weights import Model


# How tokens are picked.
class Sampling(NamedTuple):
    temperature: float  # 0 for the most likely token
    top_p: float  # mass of the nucleus, in (0, 1]
    penalty: float  # of repetitions; 1 for none


# The next token of each row of logits [B, V] -> [B]; -1 where they are not numbers. Greedy, or else the first token
# at which the mass of the nucleus reaches the row's draw [B] in [0, 1).
def pick(logits: Tensor, draws: Tensor, sampling: Sampling) -> Tensor:
    top, token = torch.max(logits, 1)
    if sampling.temperature > 0.0:
        p = torch.softmax((logits - top.unsqueeze(1)) / sampling.temperature, 1)
        order = token.unsqueeze(1)
        if sampling.top_p < 1.0:
            p, order = torch.sort(p, 1, True)
            mass = p.cumsum(1) - p
            p = p.masked_fill(mass >= sampling.top_p, 0.0)
        mass = p.cumsum(1)
        goal = draws.unsqueeze(1) * mass[:, -1:]
        index = (mass <= goal).sum([1], True)
        index = torch.minimum(index, mass.argmax(1, True))
        if sampling.top_p < 1.0:
            index = order.gather(1, index)
        token = index.squeeze(1)
    return torch.where(torch.isfinite(top), token, torch.full_like(token, -1))


# Logits [B, V] of a tuned model with its difference from the base amplified: tuned + alpha (tuned - base). Tokens
# whose logit under the tuned model lies more than -least below its largest are left out; -inf leaves none out.
def amplified(base: Tensor, tuned: Tensor, alpha: float, least: float) -> Tensor:
    top, _ = torch.max(tuned, 1)
    unlikely = tuned < (top + least).unsqueeze(1)
    return (tuned + (tuned - base) * alpha).masked_fill(unlikely, -float("inf"))


# Logits [B, V] under a repetition penalty: those of tokens that a row has are divided by it, or multiplied if
# they are below 0 (Keskar et al. 2019, as in transformers).
def penalise(logits: Tensor, cache: Cache, penalty: float) -> Tensor:
    seen = cache.seen
    if penalty != 1.0 and seen is not None:
        less = torch.where(logits < 0.0, logits * penalty, logits / penalty)
        logits = torch.where(seen, less, logits)
    return logits


# Picks the next token [B] of each row of logits [B, V], and notes it for the penalty of those after it.
def next_token(logits: Tensor, cache: Cache, draws: Tensor, sampling: Sampling) -> Tensor:
    token = pick(penalise(logits, cache, sampling.penalty), draws, sampling)
    seen = cache.seen
    if sampling.penalty != 1.0 and seen is not None:
        seen.scatter_(1, token.clamp_min(0).unsqueeze(1), 1)
    return token


# What one new token per row may not see: of its own columns and of the prefix, [B, 1, 1, columns] each.
class StepMasks(NamedTuple):
    own: Tensor
    prefix: Tensor


# The masks for one window size. Columns before "first" [B] are padding.
def step_masks(
    settings: Settings, positions: Tensor, first: Tensor, columns: int, prefix: int, window: int
) -> StepMasks:
    device = positions.device
    starts = first.unsqueeze(1)  # [B, 1]
    column = torch.arange(columns, dtype=torch.int64, device=device).unsqueeze(0)  # [1, columns]
    own_pos = column - starts + prefix  # [B, columns]
    prefix_pos = torch.arange(prefix, dtype=torch.int64, device=device).unsqueeze(0)  # [1, prefix]
    own_hidden = column < starts
    prefix_hidden = prefix_pos < torch.zeros_like(starts)
    if window > 0:
        last_unseen = (positions - window).unsqueeze(1)
        own_hidden = own_hidden | (own_pos <= last_unseen)
        prefix_hidden = prefix_hidden | (prefix_pos <= last_unseen)
    own = hide(own_hidden).to(settings.compute)
    before = hide(prefix_hidden)
    if len(settings.slopes) > 0:
        own = (own + slope_bias(settings, own_pos)).to(settings.compute)
        before = before + slope_bias(settings, prefix_pos)
    return StepMasks(own, before)


# -inf where hidden [B, columns], else 0 -> [B, 1, 1, columns].
def hide(hidden: Tensor) -> Tensor:
    mask = torch.zeros_like(hidden, dtype=torch.float32).masked_fill(hidden, -float("inf"))
    return mask.unsqueeze(1).unsqueeze(1)


# Attention of one new token per row, q [B, Q, D], on its row of keys and values [B, K, S, D] and on those of a
# shared prefix at layer l -> [B, Q * D].
def attend_step(
    settings: Settings,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    masks: StepMasks,
    sinks: Optional[Tensor],
    prefix: Prefix,
    l: int,
) -> Tensor:
    B = q.size(0)
    K = settings.kv_heads
    D = settings.head_dim
    G = settings.heads // K
    q = q.view([B, K, G, D])
    if prefix.length == 0 and not by_hand(settings):
        mask = masks.own.expand([B, K, G, -1])
        y = torch.scaled_dot_product_attention(q, k, v, mask, 0.0, False, scale=settings.attention_scale)
        return y.reshape([B, -1])
    if sinks is not None:
        sinks = sinks.reshape([1, K, -1, 1])
    scores = scores_of(settings, q, k) + masks.own  # [B, K, G, S]
    if prefix.length == 0:
        shares = shares_of(scores, sinks).to(settings.compute)
        return torch.matmul(shares, v).reshape([B, -1])
    P = prefix.length
    prefix_keys = prefix.cache.keys[l][0].narrow(1, 0, P)  # [K, P, D]
    prefix_values = prefix.cache.values[l][0].narrow(1, 0, P)
    by_head = q.transpose(0, 1).reshape([K, B * G, D])
    prefix_scores = scores_of(settings, by_head, prefix_keys).view([K, B, G, -1]).transpose(0, 1) + masks.prefix
    shares = shares_of(torch.cat([prefix_scores, scores], 3), sinks).to(settings.compute)  # [B, K, G, P + S]
    y = torch.matmul(shares.narrow(3, P, scores.size(3)), v)
    prefix_shares = shares.narrow(3, 0, P).transpose(0, 1).reshape([K, B * G, -1])
    y = y + torch.matmul(prefix_shares, prefix_values).view([K, B, G, D]).transpose(0, 1)
    return y.reshape([B, -1])


# One step of all rows: the last token ids [B] of each at positions [B], whose keys go to "column" -> logits of the
# next token [B, V].
def step(
    model: Model,
    ids: Tensor,
    positions: Tensor,
    first: Tensor,
    choice: Optional[Tensor],
    cache: Cache,
    column: int,
    prefix: Prefix,
) -> Tensor:
    settings = model.settings
    x = embed(model, ids, positions, choice)  # [B, H]
    turns = rotations(model, positions, positions + 1)
    window = model.layers[0].window
    masks = step_masks(settings, positions, first, column + 1, prefix.length, window)
    for l in range(len(model.layers)):
        layer = model.layers[l]
        if layer.window != window:
            window = layer.window
            masks = step_masks(settings, positions, first, column + 1, prefix.length, window)
        x, h = enter(settings, x, layer.attention_norm)  # [B, H]
        q, k, v = queries_keys_values(settings, layer, h, turns, choice)  # [B, Q, D], [B, K, D] twice
        cache.keys[l].select(2, column).copy_(k)
        cache.values[l].select(2, column).copy_(v)
        keys = cache.keys[l].narrow(2, 0, column + 1)  # [B, K, column + 1, D]
        values = cache.values[l].narrow(2, 0, column + 1)
        y = attend_step(settings, q, keys, values, masks, layer.sinks, prefix, l)  # [B, Q * D]
        x = after_attention(settings, layer, x, h, y, choice)
    return all_logits(model, final_hidden(model, x, choice), choice)


# Continues rows for up to "steps" tokens. Returns early once a quarter of the rows, or none to go on with, has come
# to an end token (a token of a row that had ended before is -2) -> [B, steps done].
def advance_rows(
    model: Model,
    ids: Tensor,
    positions: Tensor,
    first: Tensor,
    choice: Optional[Tensor],
    cache: Cache,
    column: int,
    prefix: Prefix,
    ends: Tensor,
    steps: int,
    draws: Tensor,
    sampling: Sampling,
) -> Tensor:
    B = ids.size(0)
    done = torch.zeros([B], dtype=torch.bool, device=ids.device)
    tokens: List[Tensor] = []
    more = True
    i = 0
    while more:
        logits = step(model, ids, positions + i, first, choice, cache, column + i, prefix)
        token = next_token(logits, cache, draws.select(1, i), sampling)
        ended = (token.unsqueeze(1) == ends).any(1) | (token < 0)
        tokens.append(torch.where(done, torch.full_like(token, -2), token))
        done = done | ended
        ids = token.clamp_min(0)
        i = i + 1
        more = i < steps and 4 * int(done.sum()) < B
    return torch.stack(tokens, 1)
