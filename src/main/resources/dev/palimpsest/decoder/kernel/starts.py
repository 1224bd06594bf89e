# Products that adapters take off the base's weights before they add their own. Only the product counts: signs of
# vectors, and how a factor is shared between the two, are free.
from typing import Tuple

import torch
from torch import Tensor


# The largest singular values of W [O, I] with their vectors. W V V' has them, where V are eigenvectors of W' W; in
# float64 these are exact to float32's last digits.
def principal_product(weight: Tensor, rank: int) -> Tuple[Tensor, Tensor]:
    wide = weight.to(torch.float64)
    if weight.size(0) < weight.size(1):
        own = largest_eigenvectors(torch.matmul(wide, wide.t()), rank)  # [O, R]
        return (own.to(torch.float32), torch.matmul(own.t(), wide).to(torch.float32))
    own = largest_eigenvectors(torch.matmul(wide.t(), wide), rank)  # [I, R]
    return (torch.matmul(wide, own).to(torch.float32), own.t().contiguous().to(torch.float32))


# Eigenvectors [N, R] of the largest eigenvalues of a symmetric matrix. Of a large matrix they are iterated, as all
# of its eigenvectors take minutes; where two values are too close for that, all are computed after all.
def largest_eigenvectors(matrix: Tensor, rank: int) -> Tensor:
    size = matrix.size(0)
    block = 2 * rank + 16
    if size >= 512 and size >= 4 * block:
        found, settled = iterate_subspace(matrix, rank, block)
        if settled:
            return found
    values, vectors = torch.linalg.eigh(matrix, "L")
    return vectors[:, size - rank :]


# Multiplies a block of vectors by the matrix until the first R of them turn no more.
def iterate_subspace(matrix: Tensor, rank: int, block: int) -> Tuple[Tensor, bool]:
    basis = scattered(matrix.size(0), block, matrix)
    found = basis[:, :rank]
    for _ in range(60):
        for _ in range(4):
            basis, triangle = torch.linalg.qr(torch.matmul(matrix, torch.matmul(matrix, basis)), "reduced")
        values, turn = torch.linalg.eigh(torch.matmul(basis.t(), torch.matmul(matrix, basis)), "L")
        basis = torch.matmul(basis, turn)
        last = basis[:, block - rank :]
        turned = last - torch.matmul(found, torch.matmul(found.t(), last))
        found = last
        if float(turned.abs().max()) < 1e-7:
            return (found, True)
    return (found, False)


# Numbers between -1/2 and 1/2 without a pattern, the same in every run.
def scattered(rows: int, columns: int, like: Tensor) -> Tensor:
    count = torch.arange(rows * columns, dtype=torch.float64, device=like.device)
    return (torch.frac(torch.sin(count * 12.9898) * 43758.5453) - 0.5).view([rows, columns])


# The first columns of Q times the first rows of R, where W = Q R, or the same of W's transpose. These columns are
# the Q of W's own first columns, and the rows are Q' W.
def leading_product(weight: Tensor, rank: int, turned: bool) -> Tuple[Tensor, Tensor]:
    wide = weight.to(torch.float64)
    if turned:
        wide = wide.t()
    columns, triangle = torch.linalg.qr(wide[:, :rank], "reduced")
    rows = torch.matmul(columns.t(), wide)
    if turned:
        return (rows.t().contiguous().to(torch.float32), columns.t().contiguous().to(torch.float32))
    return (columns.contiguous().to(torch.float32), rows.to(torch.float32))
