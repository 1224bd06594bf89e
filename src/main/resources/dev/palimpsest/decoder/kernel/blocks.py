# Plainly causal attention of long prompts in blocks of queries, each of about 384 rows over the heads that share
# keys: a product with the keys up to the block's end, a softmax and a product with the values. By oneDNN a tenth to
# a third faster than the engine's own operation, for a prompt of some length whose heads share keys.
import torch
from linear import onednn_product
from settings import Settings
from torch import Tensor


# Whether attention of queries [K, Q/K, T, D] is faster in blocks. It is in float32 only: products of a narrower
# type would be rounded before the softmax.
def faster_in_blocks(settings: Settings, q: Tensor) -> bool:
    large = q.size(2) >= 256 and q.size(1) > 1
    return settings.by_onednn and settings.compute == torch.float32 and large


# Queries [K, Q/K, T, D], keys and values [K, T, D] -> [K, Q/K, T, D].
def attend_in_blocks(settings: Settings, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    T = q.size(2)
    k = k.contiguous()
    v = v.contiguous()
    size = max(64, 384 // q.size(1))
    later = torch.triu(torch.full([size, size], -float("inf"), dtype=torch.float32), 1)
    out = torch.empty([T, q.size(0), q.size(1), settings.head_dim], dtype=torch.float32)
    for head in range(q.size(0)):
        queries = q[head].transpose(0, 1)  # [T, Q/K, D]
        for start in range(0, T, size):
            end = min(start + size, T)
            y = attend_block(settings, queries[start:end], k[head][:end], v[head][:end], later)
            out[start:end].select(1, head).copy_(y)
    return out.permute([1, 2, 0, 3])


# Attention of the last queries [B, Q/K, D] of a sequence on one head's keys and values [S, D] -> [B, Q/K, D].
# "later" has -inf above its diagonal.
def attend_block(settings: Settings, q: Tensor, k: Tensor, v: Tensor, later: Tensor) -> Tensor:
    B = q.size(0)
    S = k.size(0)
    scaled = (q * settings.attention_scale).reshape([-1, settings.head_dim])  # [B * Q/K, D]
    scores = onednn_product(scaled, k, None)  # [B * Q/K, S]
    ends = scores.view([B, -1, S]).narrow(2, S - B, B)  # [B, Q/K, B]
    ends.add_(later[:B].narrow(1, 0, B).unsqueeze(1))
    shares = torch._softmax(scores, -1, False, out=scores)
    return onednn_product(shares, v.t(), None).view([B, -1, settings.head_dim])
