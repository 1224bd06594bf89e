# What loading weights and adapters asks of the engine.
from typing import List

import torch
from settings import Settings
from torch import Tensor


# An empty weight of the given shape, in the type that weights are stored in or in float32.
def new_weight(settings: Settings, shape: List[int], narrow: bool, like: Tensor) -> Tensor:
    type = torch.float32
    if narrow:
        type = settings.stored
    return torch.empty(shape, dtype=type, device=like.device)


# Copies float32 values into rows of a weight: they are seen in "shape", of which entries from..to of the second
# dimension are taken, permuted to "order", cut into rows.
def place_rows(
    weight: Tensor, row: int, values: Tensor, shape: List[int], order: List[int], start: int, end: int, plus: float
) -> int:
    permuted = values.view(shape)[:, start:end].permute(order)
    if weight.dim() == 1:
        rows = permuted.reshape([-1])
    else:
        rows = permuted.reshape([-1, weight.size(1)])
    target = weight[row : row + rows.size(0)]
    target.copy_(rows)
    if plus != 0.0:
        target.add_(plus)
    return rows.size(0)


# Norms of the rows of W + B A, of which a weight-decomposed adapter learned the magnitudes [O]. W begins at a
# row of the weight.
def norms_of_rows(weight: Tensor, row: int, down: Tensor, up: Tensor) -> Tensor:
    if weight.is_mkldnn:
        weight = weight.to_dense()
    part = weight[row : row + up.size(0)]
    sum = part.to(torch.float32) + torch.matmul(up.to(torch.float32), down.to(torch.float32))
    return torch.sqrt((sum * sum).sum([1]))


# The same of the columns of an embedding W + A B.
def norms_of_columns(weight: Tensor, down: Tensor, up: Tensor) -> Tensor:
    sum = weight.to(torch.float32) + torch.linear(down.to(torch.float32), up.to(torch.float32))
    return torch.sqrt((sum * sum).sum([0]))


# A copy of a vector with values, times a number, added from an index on.
def add_at(vector: Tensor, start: int, values: Tensor, factor: float) -> Tensor:
    result = vector.clone()
    result[start : start + values.size(0)].add_(values, alpha=factor)
    return result


# Matrices side by side along a dimension, each filled up with zeros to the same size there.
def side_by_side(matrices: List[Tensor], dim: int, size: int) -> Tensor:
    filled: List[Tensor] = []
    for matrix in matrices:
        shape = [size - matrix.size(0), matrix.size(1)]
        if dim == 1:
            shape = [matrix.size(0), size - matrix.size(1)]
        zeros = torch.zeros(shape, dtype=matrix.dtype, device=matrix.device)
        filled.append(torch.cat([matrix, zeros], dim))
    return torch.cat(filled, dim)
