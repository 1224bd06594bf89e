# Linear layers, with what an adapter adds to them.
from typing import List, Optional

import torch
from torch import Tensor
from weights import Linear, Lora


# x W' + b by oneDNN: in a large product it is a tenth to a fifth faster than torch.linear in float32, in a small
# one of a packed weight up to twice as fast.
def onednn_product(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    nothing: List[Optional[number]] = []
    return torch.ops.mkldnn._linear_pointwise(x, weight, bias, "none", nothing, "")


def product(x: Tensor, weight: Tensor, bias: Optional[Tensor], by_onednn: bool) -> Tensor:
    if bias is not None:
        bias = bias.to(x.dtype)
    if by_onednn:
        y = onednn_product(x, weight, bias)
    else:
        y = torch.linear(x, weight, bias)
    return y


# x W' + b for a weight of any type. One of another type than x is widened a piece at a time: a piece fits the
# processor's cache, and to widen it there costs less than to read a wide weight from memory.
def multiply(x: Tensor, weight: Tensor, bias: Optional[Tensor], by_onednn: bool) -> Tensor:
    if weight.dtype == x.dtype:
        return product(x, weight, bias, by_onednn)
    outputs = weight.size(0)
    inputs = weight.size(1)
    size = min(max(1, 2097152 // inputs), outputs)
    wide = torch.empty([size, inputs], dtype=x.dtype, device=weight.device)
    pieces: List[Tensor] = []
    for start in range(0, outputs, size):
        end = min(start + size, outputs)
        piece = wide[: end - start].copy_(weight[start:end])
        piece_bias = bias
        if piece_bias is not None:
            piece_bias = piece_bias[start:end]
        pieces.append(product(x, piece, piece_bias, by_onednn))
    if len(pieces) == 1:
        return pieces[0]
    return torch.cat(pieces, 1)


# Inner products of a low-rank part [N, R]; of several adapters side by side a token keeps its own.
def own_products(inner: Tensor, choice: Optional[Tensor]) -> Tensor:
    if choice is not None:
        by_adapter = inner.view([choice.size(0), choice.size(1), -1])  # [N, adapters, R / adapters]
        inner = by_adapter.mul_(choice.unsqueeze(2)).view([choice.size(0), -1])
    return inner


# x [N, inputs] -> [N, outputs].
def project(x: Tensor, linear: Linear, choice: Optional[Tensor]) -> Tensor:
    lora = linear.lora
    if lora is None:
        y = multiply(x, linear.weight, linear.bias, linear.by_onednn)
    else:
        y = multiply(x, linear.weight, None, linear.by_onednn)
        y = adapt(y, x, lora, choice)
        bias = linear.bias
        if bias is not None:
            y = y.add_(bias)
    return y


# A layer's outputs y [N, outputs] with an adapter's part, in place.
def adapt(y: Tensor, x: Tensor, lora: Lora, choice: Optional[Tensor]) -> Tensor:
    down = lora.down
    up = lora.up
    scale = lora.scale
    if down is not None and up is not None:
        inner = own_products(torch.linear(x, down.to(x.dtype)), choice)
        y = y.addmm_(inner, up.to(x.dtype).t())
    if scale is not None:
        y = y.mul_(scale)
    return y
