# Builds a Model from a dictionary of tensors. Their names are the fields' names: "layers.3.qkv.weight",
# "layers.3.qkv.lora.down", of an expert "layers.3.mixture.experts.up.lora.5.down". Every tensor has to find its
# place, so that a name that only one side knows stops the load.
from typing import Dict, List, Optional

from settings import Settings
from torch import Tensor
from weights import Expert, FeedForward, Layer, Linear, Lora, Mixture, Model, Norm, SharedExpert


def take(tensors: Dict[str, Tensor], name: str) -> Optional[Tensor]:
    found: Optional[Tensor] = None
    if name in tensors:
        found = tensors.pop(name)
    return found


def take_lora(tensors: Dict[str, Tensor], name: str, adapted: bool) -> Optional[Lora]:
    lora: Optional[Lora] = None
    if adapted:
        lora = Lora(take(tensors, name + ".down"), take(tensors, name + ".up"), take(tensors, name + ".scale"))
    return lora


def take_linear(settings: Settings, tensors: Dict[str, Tensor], name: str, adapted: bool) -> Linear:
    weight = tensors.pop(name + ".weight")
    bias = take(tensors, name + ".bias")
    return Linear(weight, bias, take_lora(tensors, name + ".lora", adapted), settings.by_onednn)


def take_optional_linear(settings: Settings, tensors: Dict[str, Tensor], name: str, adapted: bool) -> Optional[Linear]:
    linear: Optional[Linear] = None
    if name + ".weight" in tensors:
        linear = take_linear(settings, tensors, name, adapted)
    return linear


def take_norm(settings: Settings, tensors: Dict[str, Tensor], name: str) -> Optional[Norm]:
    norm: Optional[Norm] = None
    weight = take(tensors, name + ".weight")
    if weight is not None:
        norm = Norm(weight, take(tensors, name + ".bias"), settings.layer_norm, settings.epsilon)
    return norm


# The norm of queries or keys. With weight and bias for each head alike they lie one after the other in one tensor.
def take_head_norm(settings: Settings, tensors: Dict[str, Tensor], name: str) -> Optional[Norm]:
    norm = take_norm(settings, tensors, name)
    D = settings.head_dim
    if norm is not None:
        weight = norm.weight
        if settings.head_norm == 2:
            norm = Norm(weight[:D], weight[D:], norm.centred, norm.epsilon)
        elif settings.head_norm == 3:
            norm = Norm(weight.view([-1, D]), None, norm.centred, norm.epsilon)
    return norm


# Some of a layer's outputs as a layer of their own, over the same memory.
def rows_of(linear: Linear, start: int, end: int, lora: Optional[Lora]) -> Linear:
    bias = linear.bias
    if bias is not None:
        bias = bias[start:end]
    return Linear(linear.weight[start:end], bias, lora, linear.by_onednn)


def lora_rows(whole: Optional[Lora], start: int, end: int) -> Optional[Lora]:
    lora: Optional[Lora] = None
    if whole is not None:
        up = whole.up
        scale = whole.scale
        if up is not None:
            up = up[start:end]
        if scale is not None:
            scale = scale[start:end]
        lora = Lora(whole.down, up, scale)
    return lora


# Gate and inner layer of a plain weight are computed apart, as each then lies in one piece.
def take_feed_forward(settings: Settings, tensors: Dict[str, Tensor], name: str, adapted: bool) -> FeedForward:
    up = take_linear(settings, tensors, name + ".up", adapted)
    down = take_linear(settings, tensors, name + ".down", adapted)
    gate: Optional[Linear] = None
    if settings.gated and not up.weight.is_mkldnn:
        I = down.weight.size(1)
        gate = rows_of(up, 0, I, lora_rows(up.lora, 0, I))
        up = rows_of(up, I, 2 * I, lora_rows(up.lora, I, 2 * I))
    return FeedForward(gate, up, down)


# The rows of all experts lie one after the other in one weight.
def take_mixture(settings: Settings, tensors: Dict[str, Tensor], name: str, count: int, adapted: bool) -> Mixture:
    up = take_linear(settings, tensors, name + ".experts.up", adapted)
    down = take_linear(settings, tensors, name + ".experts.down", adapted)
    I = down.weight.size(1)
    H = up.weight.size(1)
    experts: List[Expert] = []
    for e in range(count):
        up_lora = take_lora(tensors, name + ".experts.up.lora." + str(e), adapted)
        down_lora = take_lora(tensors, name + ".experts.down.lora." + str(e), adapted)
        own_up = rows_of(up, 2 * I * e, 2 * I * (e + 1), up_lora)
        experts.append(Expert(own_up, rows_of(down, H * e, H * (e + 1), down_lora)))
    shared: Optional[SharedExpert] = None
    if name + ".shared.up.weight" in tensors:
        shared_up = take_linear(settings, tensors, name + ".shared.up", adapted)
        shared_down = take_linear(settings, tensors, name + ".shared.down", adapted)
        shared = SharedExpert(shared_up, shared_down, take_linear(settings, tensors, name + ".shared.gate", adapted))
    return Mixture(take_linear(settings, tensors, name + ".router", adapted), experts, shared)


def take_layer(settings: Settings, tensors: Dict[str, Tensor], l: int, adapted: bool) -> Layer:
    name = "layers." + str(l) + "."
    mlp: Optional[FeedForward] = None
    mixture: Optional[Mixture] = None
    if settings.experts[l] > 0:
        mixture = take_mixture(settings, tensors, name + "mixture", settings.experts[l], adapted)
    else:
        mlp = take_feed_forward(settings, tensors, name + "mlp", adapted)
    return Layer(
        attention_norm=take_norm(settings, tensors, name + "attention_norm"),
        qkv=take_linear(settings, tensors, name + "qkv", adapted),
        query_norm=take_head_norm(settings, tensors, name + "query_norm"),
        key_norm=take_head_norm(settings, tensors, name + "key_norm"),
        sinks=take(tensors, name + "sinks"),
        output=take_linear(settings, tensors, name + "output", adapted),
        attention_post_norm=take_norm(settings, tensors, name + "attention_post_norm"),
        mlp_norm=take_norm(settings, tensors, name + "mlp_norm"),
        mlp=mlp,
        mixture=mixture,
        mlp_post_norm=take_norm(settings, tensors, name + "mlp_post_norm"),
        window=settings.windows[l],
        rope=settings.ropes[l],
        query_scale=settings.query_scales[l])


def assemble_model(settings: Settings, tensors: Dict[str, Tensor], adapted: bool) -> Model:
    layers: List[Layer] = []
    for l in range(settings.layers):
        layers.append(take_layer(settings, tensors, l, adapted))
    ropes: List[Tensor] = []
    for i in range(len(settings.rope_limits)):
        ropes.append(tensors.pop("ropes." + str(i)))
    model = Model(
        settings=settings,
        embedding=tensors.pop("embedding"),
        embedding_lora=take_lora(tensors, "embedding_lora", adapted),
        embedding_projection=take_optional_linear(settings, tensors, "embedding_projection", adapted),
        positions=take(tensors, "positions"),
        layers=layers,
        final_norm=take_norm(settings, tensors, "final_norm"),
        head_projection=take_optional_linear(settings, tensors, "head_projection", adapted),
        head=take_linear(settings, tensors, "head", adapted),
        ropes=ropes)
    assert len(tensors) == 0, "The kernel has no place for the tensors " + ", ".join(tensors.keys()) + "."
    return model
