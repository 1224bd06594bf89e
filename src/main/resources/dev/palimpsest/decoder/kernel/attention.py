# Attention of the prompts in a row.
from typing import List, Optional, Tuple

import torch
from blocks import attend_in_blocks, faster_in_blocks
from linear import project
from masks import by_hand
from norms import normalise_heads
from rotary import Rotation, rotate
from rows import Cache, Prefix, Row
from settings import Settings
from torch import Tensor
from weights import Layer


# Queries [N, Q, D], keys and values [N, K, D] of a normed input h [N, H].
def queries_keys_values(
    settings: Settings, layer: Layer, h: Tensor, rotations: List[Rotation], choice: Optional[Tensor]
) -> Tuple[Tensor, Tensor, Tensor]:
    D = settings.head_dim
    Q = settings.heads
    K = settings.kv_heads
    y = project(h, layer.qkv, choice)  # [N, (Q + 2 K) D]
    query_norm = layer.query_norm
    key_norm = layer.key_norm
    if query_norm is not None and key_norm is not None:
        queries = normalise_heads(settings, y.narrow(1, 0, Q * D), query_norm, Q)
        keys = normalise_heads(settings, y.narrow(1, Q * D, K * D), key_norm, K)
        qk = torch.cat([queries, keys], 1)  # [N, Q + K, D]
    else:
        qk = y.narrow(1, 0, (Q + K) * D).view([-1, Q + K, D])
    v = y.narrow(1, (Q + K) * D, K * D).view([-1, K, D])
    if layer.rope >= 0:
        qk = rotate(qk.to(torch.float32), rotations[layer.rope])
    qk = qk.to(settings.compute)
    q = qk.narrow(1, 0, Q)
    if layer.query_scale != 1.0:
        q = q * layer.query_scale
    return (q, qk.narrow(1, Q, K), v)


# Scaled and softly capped products of queries [.., T, D] and keys [.., S, D] -> [.., T, S], float32.
def scores_of(settings: Settings, q: Tensor, k: Tensor) -> Tensor:
    scores = torch.matmul(q, k.transpose(-2, -1)).to(torch.float32) * settings.attention_scale
    if settings.attention_cap > 0.0:
        scores = (scores / settings.attention_cap).tanh() * settings.attention_cap
    return scores


# Softmax of scores [.., S]. A head's sink is a key without a value: it takes its share and is left out of the result.
def shares_of(scores: Tensor, sinks: Optional[Tensor]) -> Tensor:
    if sinks is None:
        return torch.softmax(scores, -1)
    sink = sinks.expand([scores.size(0), scores.size(1), scores.size(2), 1])
    return torch.softmax(torch.cat([scores, sink], -1), -1).narrow(-1, 0, scores.size(-1))


# Attention of queries [K, Q/K, T, D] on keys and values [K, S, D] -> [K, Q/K, T, D].
def attend(
    settings: Settings, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], sinks: Optional[Tensor]
) -> Tensor:
    scale = settings.attention_scale
    if mask is None and faster_in_blocks(settings, q):
        return attend_in_blocks(settings, q, k, v)
    shape = [q.size(0), q.size(1), k.size(1), settings.head_dim]
    keys = k.unsqueeze(1).expand(shape)
    values = v.unsqueeze(1).expand(shape)
    if mask is None:
        return torch.scaled_dot_product_attention(q, keys, values, None, 0.0, True, scale=scale)
    if not by_hand(settings):
        return torch.scaled_dot_product_attention(q, keys, values, mask, 0.0, False, scale=scale)
    if sinks is not None:
        sinks = sinks.reshape([q.size(0), -1, 1, 1])
    shares = shares_of(scores_of(settings, q, keys) + mask, sinks)
    return torch.matmul(shares.to(settings.compute), values)


# Attention of one prompt: q [T, Q, D], k and v [K, S, D] -> [T, Q * D]. A mask may be for the last tokens only.
def attend_prompt(
    settings: Settings,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Optional[Tensor],
    bias: Optional[Tensor],
    sinks: Optional[Tensor],
) -> Tensor:
    T = q.size(0)
    q = q.view([T, settings.kv_heads, -1, settings.head_dim]).permute([1, 2, 0, 3])  # [K, Q/K, T, D]
    plain = 0  # tokens before the masked ones
    if mask is not None:
        plain = T - mask.size(0)
        if bias is not None:
            mask = (mask + bias).to(settings.compute)
    if plain == 0:
        y = attend(settings, q, k, v, mask, sinks)
    else:
        early = attend(settings, q.narrow(2, 0, plain), k.narrow(1, 0, plain), v.narrow(1, 0, plain), None, sinks)
        late = attend(settings, q.narrow(2, plain, T - plain), k, v, mask, sinks)
        y = torch.cat([early, late], 2)
    return y.permute([2, 0, 1, 3]).reshape([T, -1])


# Attention of all prompts of the row at layer l: q [N, Q, D], k and v [N, K, D] -> [N, Q * D]. Their keys and values
# are kept in "cache", if it has layers.
def attend_row(
    settings: Settings,
    layer: Layer,
    l: int,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    row: Row,
    masks: List[Optional[Tensor]],
    biases: List[Optional[Tensor]],
    cache: Cache,
    prefix: Prefix,
) -> Tensor:
    parts: List[Tensor] = []
    for i in range(len(row.prompts)):
        prompt = row.prompts[i]
        n = prompt.length
        end = prompt.start + n
        keys = k[prompt.start : end].transpose(0, 1)  # [K, n, D]
        values = v[prompt.start : end].transpose(0, 1)
        if len(cache.keys) > 0:
            cache.keys[l][prompt.cache_row].narrow(1, prompt.cache_column, n).copy_(keys)
            cache.values[l][prompt.cache_row].narrow(1, prompt.cache_column, n).copy_(values)
        if prefix.length > 0:
            all_keys = prefix.cache.keys[l][0].narrow(1, 0, prefix.length + n)  # [K, prefix + n, D]
            all_values = prefix.cache.values[l][0].narrow(1, 0, prefix.length + n)
            all_keys.narrow(1, prefix.length, n).copy_(keys)
            all_values.narrow(1, prefix.length, n).copy_(values)
            keys = all_keys
            values = all_values
        parts.append(attend_prompt(settings, q[prompt.start : end], keys, values, masks[i], biases[i], layer.sinks))
    if len(parts) == 1:
        return parts[0]
    return torch.cat(parts, 0)
