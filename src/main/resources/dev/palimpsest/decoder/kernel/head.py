# From the residual stream to the vocabulary.
from typing import Optional

import torch
from linear import multiply, own_products, project
from norms import leave
from torch import Tensor
from weights import Model


# What the head reads of the residual stream: x [R, H] -> [R, E].
def final_hidden(model: Model, x: Tensor, choice: Optional[Tensor]) -> Tensor:
    h = leave(x, model.final_norm)
    projection = model.head_projection
    if projection is not None:
        h = project(h, projection, choice)
    return h


# Logits of the vocabulary entries from..to for final hidden states h [R, E] -> [R, to - from], float32.
def logits_of(model: Model, h: Tensor, choice: Optional[Tensor], start: int, end: int) -> Tensor:
    settings = model.settings
    head = model.head
    y = multiply(h, head.weight[start:end], None, head.by_onednn)
    lora = head.lora
    if lora is not None:
        down = lora.down
        up = lora.up
        scale = lora.scale
        if down is not None and up is not None:
            y = y.add_(torch.linear(own_products(torch.linear(h, down), choice), up[start:end]))
        if scale is not None:
            y = y.mul_(scale[start:end])
    bias = head.bias
    if bias is not None:
        y = y.add_(bias[start:end])
    if settings.logit_scale != 1.0:
        y = y.mul_(settings.logit_scale)
    if settings.logit_cap > 0.0:
        y = y.div_(settings.logit_cap).tanh_().mul_(settings.logit_cap)
    return y


# Logits of the whole vocabulary [R, V].
def all_logits(model: Model, h: Tensor, choice: Optional[Tensor]) -> Tensor:
    return logits_of(model, h, choice, 0, model.head.weight.size(0))
