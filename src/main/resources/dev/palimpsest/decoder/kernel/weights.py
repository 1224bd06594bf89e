# The tensors of a model, as assemble.py builds them once from those that Java loaded. A part that a family
# lacks is None. Layer weights are [outputs, inputs].
#
#   H hidden size    E embedding width (H in most)    V vocabulary    Q query heads    K key heads    D head size
#   I width inside the feed-forward part, or inside one expert        R rank of an adapter
from typing import List, NamedTuple, Optional

from settings import Settings
from torch import Tensor


# What an adapter adds to a linear layer: ((x W' + (x down') up') * scale + bias. Of several adapters side by
# side, R is the sum of their ranks, each as wide as the widest of them.
class Lora(NamedTuple):
    down: Optional[Tensor]  # [R, inputs]; of an embedding [tokens, R]
    up: Optional[Tensor]  # [outputs, R]
    scale: Optional[Tensor]  # [outputs], of a weight-decomposed adapter


# "lora" is None in a model without an adapter; in one with an adapter every layer has it, if an empty one.
class Linear(NamedTuple):
    weight: Tensor  # [outputs, inputs], maybe in the layout that the processor multiplies by
    bias: Optional[Tensor]  # [outputs]
    lora: Optional[Lora]
    by_onednn: bool


class Norm(NamedTuple):
    weight: Tensor  # [width]
    bias: Optional[Tensor]  # [width]
    centred: bool  # LayerNorm, else RMSNorm
    epsilon: float


# A gated part has "gate" of its own, or has its rows before those of "up" in one packed weight.
class FeedForward(NamedTuple):
    gate: Optional[Linear]  # [I, H]
    up: Linear  # [I, H], or [2 I, H]
    down: Linear  # [H, I]


class Expert(NamedTuple):
    up: Linear  # [2 I, H], the gate's rows first
    down: Linear  # [H, I]


# The expert that all tokens go through.
class SharedExpert(NamedTuple):
    up: Linear  # [2 I, H], the gate's rows first
    down: Linear  # [H, I]
    gate: Linear  # [1, H], float32: how much of it a token takes


class Mixture(NamedTuple):
    router: Linear  # [experts, H], float32
    experts: List[Expert]
    shared: Optional[SharedExpert]


class Layer(NamedTuple):
    attention_norm: Optional[Norm]  # [H]
    qkv: Linear  # [(Q + 2 K) D, H]
    query_norm: Optional[Norm]  # see norms.py
    key_norm: Optional[Norm]
    sinks: Optional[Tensor]  # [Q]
    output: Linear  # [H, Q D]
    attention_post_norm: Optional[Norm]  # [H]
    mlp_norm: Optional[Norm]  # [H]
    mlp: Optional[FeedForward]
    mixture: Optional[Mixture]  # in the place of "mlp"
    mlp_post_norm: Optional[Norm]  # [H]
    window: int  # tokens that a query sees, itself included; 0 for all before it
    rope: int  # kind of rotary embedding; -1 for none
    query_scale: float


class Model(NamedTuple):
    settings: Settings
    embedding: Tensor  # [V, E]
    embedding_lora: Optional[Lora]
    embedding_projection: Optional[Linear]  # [H, E]
    positions: Optional[Tensor]  # [positions, H]
    layers: List[Layer]
    final_norm: Optional[Norm]  # [H]
    head_projection: Optional[Linear]  # [E, H]
    head: Linear  # [V, E]
    ropes: List[Tensor]  # inverse frequencies [D'/2], or [2, D'/2] for shorter and for longer sequences
