# The numbers of a model family, which Blueprint.attributes writes into the archive.
from typing import List


class Settings:
    # How this machine multiplies: numbers of element types, and whether products go by oneDNN.
    stored: int  # weights of linear layers are held in this type
    compute: int  # matrix products within layers and attention are of this type
    by_onednn: bool

    # Sizes.
    layers: int
    heads: int
    kv_heads: int  # each serves heads / kv_heads query heads
    head_dim: int

    # Norms.
    layer_norm: bool  # LayerNorm, else RMSNorm
    epsilon: float
    post_norm: bool  # the residual stream goes on as its own norm
    head_norm: int  # see norms.py

    # The feed-forward part.
    activation: int  # see feed_forward.py
    gated: bool
    parallel: bool  # beside the attention, not after it
    glu_limit: float  # clamps the gates of experts; 0 for none
    glu_gain: float
    experts_chosen: int  # experts that a token goes through
    routing: int  # see experts.py

    # Scales and caps; a cap of 0 is none.
    embedding_scale: float
    residual_scale: float
    attention_scale: float
    attention_cap: float
    logit_scale: float
    logit_cap: float

    # Positions.
    position_offset: int  # rows of the position table before that of position 0
    slopes: List[float]  # of linear position biases, one for each head; empty for none
    sinks: bool  # whether heads have a key without a value

    # One number for each layer.
    windows: List[int]  # tokens that a query sees, itself included; 0 for all before it
    ropes: List[int]  # kind of rotary embedding; -1 for none
    query_scales: List[float]
    experts: List[int]  # number of experts; 0 for a plain feed-forward part

    # One number for each kind of rotary embedding.
    rope_scales: List[float]
    rope_limits: List[int]  # length up to which frequencies are the usual ones; 0 for any
    rope_factors: List[float]
    rope_thetas: List[float]
