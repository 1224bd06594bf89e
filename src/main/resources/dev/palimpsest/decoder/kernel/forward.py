# The forward pass. The residual stream, norms, rotations, the head's product and everything after it are float32
# always; matrix products within layers and attention are of type settings.compute.
from typing import List, Optional

import torch
from attention import attend_row, queries_keys_values
from experts import mix
from feed_forward import feed_forward
from linear import own_products, project
from masks import biases_of, masks_of
from norms import enter, leave, normalise
from rotary import rotations, sequence_lengths
from rows import Cache, Prefix, Row
from settings import Settings
from torch import Tensor
from weights import Layer, Model


# Tokens ids [N] at positions [N] -> [N, H].
def embed(model: Model, ids: Tensor, positions: Tensor, choice: Optional[Tensor]) -> Tensor:
    settings = model.settings
    x = torch.embedding(model.embedding, ids).to(torch.float32)  # [N, E]
    lora = model.embedding_lora
    if lora is not None:
        down = lora.down
        up = lora.up
        scale = lora.scale
        if down is not None and up is not None:
            inner = own_products(torch.embedding(down, ids), choice)
            x = x + torch.linear(inner, up).to(torch.float32)
        if scale is not None:
            x = x * scale
    if settings.embedding_scale != 1.0:
        x = x * settings.embedding_scale
    projection = model.embedding_projection
    if projection is not None:
        x = project(x.to(settings.compute), projection, choice).to(torch.float32)  # [N, H]
    table = model.positions
    if table is not None:
        x = x + torch.embedding(table, positions + settings.position_offset).to(torch.float32)
    return x


def add_to_stream(settings: Settings, x: Tensor, y: Tensor) -> Tensor:
    return x.add_(y, alpha=settings.residual_scale)


# What follows a layer's attention. x [N, H] is the residual stream, h [N, H] the normed input of the attention,
# y [N, Q * D] its output.
def after_attention(
    settings: Settings, layer: Layer, x: Tensor, h: Tensor, y: Tensor, choice: Optional[Tensor]
) -> Tensor:
    y = leave(project(y, layer.output, choice), layer.attention_post_norm)  # [N, H]
    if settings.parallel:
        norm = layer.mlp_norm
        if norm is not None:
            h = normalise(x, norm).to(settings.compute)
        x = add_to_stream(settings, x, y)
    else:
        x = add_to_stream(settings, x, y)
        x, h = enter(settings, x, layer.mlp_norm)
    mixture = layer.mixture
    mlp = layer.mlp
    if mixture is not None:
        y = mix(settings, mixture, h, choice)
    else:
        assert mlp is not None
        y = feed_forward(settings, mlp, h, choice)
    return add_to_stream(settings, x, leave(y, layer.mlp_post_norm))


# All layers on a row of prompts -> [N, H], the residual stream before the last norm.
def forward(model: Model, row: Row, cache: Cache, prefix: Prefix) -> Tensor:
    settings = model.settings
    x = embed(model, row.ids, row.positions, row.choice)  # [N, H]
    turns = rotations(model, row.positions, sequence_lengths(row))
    biases = biases_of(settings, row, prefix.length)
    window = -1
    masks: List[Optional[Tensor]] = []
    for l in range(len(model.layers)):
        layer = model.layers[l]
        if layer.window != window:
            window = layer.window
            masks = masks_of(settings, row, prefix.length, window)
        x, h = enter(settings, x, layer.attention_norm)  # [N, H]
        q, k, v = queries_keys_values(settings, layer, h, turns, row.choice)  # [N, Q, D], [N, K, D] twice
        y = attend_row(settings, layer, l, q, k, v, row, masks, biases, cache, prefix)  # [N, Q * D]
        x = after_attention(settings, layer, x, h, y, row.choice)
    return x
