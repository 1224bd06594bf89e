# The entry points that Kernel.java calls. The package page of dev.palimpsest.decoder.kernel says what goes in and out.
#
#   N tokens in the row    H hidden size    Q query heads    K key heads    D head size    V vocabulary
from typing import Dict, List, Tuple

import torch
from assemble import assemble_model
from compare import Comparison, extend_comparison, no_comparison
from forward import forward
from generate import Sampling, advance_rows, amplified, next_token, pick, step
from head import all_logits, final_hidden, logits_of
from loading import add_at, new_weight, norms_of_columns, norms_of_rows, place_rows, side_by_side
from rows import Cache, Prefix, Row, choice_at, choice_of, keep_rows, new_cache, no_cache, note_seen, read_prompts
from score import likelihoods
from settings import Settings
from starts import leading_product, principal_product
from torch import Tensor
from torch.nn import Module
from weights import Model


class Decoder(Module):
    __parameters__ = []
    __buffers__ = []
    training: bool
    settings: Settings

    # ---- Loading -----------------------------------------------------------------------------------

    def weight(self, shape: List[int], narrow: bool, like: Tensor) -> Tensor:
        return new_weight(self.settings, shape, narrow, like)

    # A weight in the layout that this processor multiplies by, which can be multiplied by only.
    def pack(self, weight: Tensor) -> Tensor:
        return torch.ops.mkldnn._reorder_linear_weight(weight, None)

    def place(
        self,
        weight: Tensor,
        row: int,
        values: Tensor,
        shape: List[int],
        order: List[int],
        start: int,
        end: int,
        plus: float,
    ) -> int:
        return place_rows(weight, row, values, shape, order, start, end, plus)

    def row_norms(self, weight: Tensor, row: int, down: Tensor, up: Tensor) -> Tensor:
        return norms_of_rows(weight, row, down, up)

    def column_norms(self, weight: Tensor, down: Tensor, up: Tensor) -> Tensor:
        return norms_of_columns(weight, down, up)

    def add_into(self, vector: Tensor, start: int, values: Tensor, factor: float) -> Tensor:
        return add_at(vector, start, values, factor)

    def beside(self, matrices: List[Tensor], dim: int, size: int) -> Tensor:
        return side_by_side(matrices, dim, size)

    # What adapters of two kinds take off the base's weights [O, I], as B [O, R] and A [R, I].
    def principal_part(self, weight: Tensor, rank: int, turned: bool) -> Tuple[Tensor, Tensor]:
        return principal_product(weight, rank)

    def leading_part(self, weight: Tensor, rank: int, turned: bool) -> Tuple[Tensor, Tensor]:
        return leading_product(weight, rank, turned)

    def times(self, tensor: Tensor, factor: float) -> Tensor:
        return tensor * factor

    def powers(self, base: float, exponents: Tensor) -> Tensor:
        return torch.pow(base, exponents)

    # The tensors under their names as a model; "adapted" says that an adapter's are among them.
    def assemble(self, tensors: Dict[str, Tensor], adapted: bool) -> Model:
        return assemble_model(self.settings, tensors, adapted)

    # ---- Keys and values ---------------------------------------------------------------------------

    def nothing(self) -> Cache:
        return no_cache()

    def allocate(self, rows: int, columns: int, like: Tensor) -> Cache:
        settings = self.settings
        shape = [rows, settings.kv_heads, columns, settings.head_dim]
        return new_cache(settings.layers, shape, settings.compute, like)

    def noting(self, model: Model, cache: Cache, rows: Tensor, ids: Tensor) -> Cache:
        return note_seen(cache, model.head.weight.size(0), rows, ids)

    def keep(self, cache: Cache, rows: Tensor) -> Cache:
        return keep_rows(cache, rows)

    # Fills "cache" with the keys and values of prompts.
    def prefill(
        self,
        model: Model,
        choice: Tensor,
        ids: Tensor,
        positions: Tensor,
        prompts: List[int],
        cache: Cache,
        shared: Cache,
        prefix: int,
    ) -> int:
        row = Row(ids, positions, torch.zeros_like(positions), read_prompts(prompts), choice_of(choice))
        return forward(model, row, cache, Prefix(shared, prefix)).size(0)

    # ---- Scoring -----------------------------------------------------------------------------------

    # Log-probabilities of targets [M] at the tokens rows[at[M]] and the most likely token at each of rows [R].
    def score(
        self,
        model: Model,
        choice: Tensor,
        ids: Tensor,
        positions: Tensor,
        branches: Tensor,
        prompts: List[int],
        shared: Cache,
        prefix: int,
        rows: Tensor,
        at: Tensor,
        targets: Tensor,
    ) -> Tuple[Tensor, Tensor]:
        row = Row(ids, positions, branches, read_prompts(prompts), choice_of(choice))
        x = forward(model, row, no_cache(), Prefix(shared, prefix))  # [N, H]
        own = choice_at(row.choice, rows)
        h = final_hidden(model, x.index_select(0, rows), own)  # [R, E]
        return likelihoods(model, h, own, at, targets)

    # Logits of the given rows of one prompt, after what "score" gives for all of its tokens.
    def inspect(
        self,
        model: Model,
        choice: Tensor,
        ids: Tensor,
        positions: Tensor,
        prompts: List[int],
        at: Tensor,
        targets: Tensor,
        rows: Tensor,
    ) -> Tuple[Tensor, Tensor, Tensor]:
        own = choice_of(choice)
        h = final_hidden(model, self.residual_stream(model, choice, ids, positions, prompts), own)  # [N, E]
        p, best = likelihoods(model, h, own, at, targets)
        return (p, best, all_logits(model, h.index_select(0, rows), own))

    # Final hidden states of the given rows of one prompt [R, E], float32.
    def hidden(
        self, model: Model, choice: Tensor, ids: Tensor, positions: Tensor, prompts: List[int], rows: Tensor
    ) -> Tensor:
        x = self.residual_stream(model, choice, ids, positions, prompts)
        return final_hidden(model, x.index_select(0, rows), choice_at(choice_of(choice), rows))

    # All tokens of one prompt before the last norm [N, H].
    def residual_stream(
        self, model: Model, choice: Tensor, ids: Tensor, positions: Tensor, prompts: List[int]
    ) -> Tensor:
        row = Row(ids, positions, torch.zeros_like(positions), read_prompts(prompts), choice_of(choice))
        return forward(model, row, no_cache(), Prefix(no_cache(), 0))

    # Logits of the vocabulary entries from..to for hidden states [R, E].
    def logits(self, model: Model, h: Tensor, start: int, end: int) -> Tensor:
        return logits_of(model, h, None, start, end)

    def begin_comparison(self, rows: int, like: Tensor) -> Comparison:
        return no_comparison(rows, like)

    def compare(self, known: Comparison, base: Tensor, tuned: Tensor, targets: Tensor, start: int) -> Comparison:
        return extend_comparison(known, base, tuned, targets, start)

    # ---- Generation --------------------------------------------------------------------------------

    # Prefills prompts into "cache" and picks the first new token of each, read at rows [B] -> [B].
    def begin(
        self,
        model: Model,
        choice: Tensor,
        ids: Tensor,
        positions: Tensor,
        prompts: List[int],
        cache: Cache,
        shared: Cache,
        prefix: int,
        rows: Tensor,
        draws: Tensor,
        temperature: float,
        top_p: float,
        penalty: float,
    ) -> Tensor:
        logits = self.begin_logits(model, choice, ids, positions, prompts, cache, shared, prefix, rows)
        return next_token(logits, cache, draws, Sampling(temperature, top_p, penalty))

    # Prefills prompts into "cache" -> logits of the first new token of each, read at rows [B] -> [B, V].
    def begin_logits(
        self,
        model: Model,
        choice: Tensor,
        ids: Tensor,
        positions: Tensor,
        prompts: List[int],
        cache: Cache,
        shared: Cache,
        prefix: int,
        rows: Tensor,
    ) -> Tensor:
        row = Row(ids, positions, torch.zeros_like(positions), read_prompts(prompts), choice_of(choice))
        x = forward(model, row, cache, Prefix(shared, prefix))  # [N, H]
        own = choice_at(row.choice, rows)
        return all_logits(model, final_hidden(model, x.index_select(0, rows), own), own)

    # Continues rows from the last token of each, ids [B] at positions [B], whose keys go to "column" and whose
    # columns before "first" [B] are padding -> [B, steps done].
    def advance(
        self,
        model: Model,
        choice: Tensor,
        ids: Tensor,
        positions: Tensor,
        first: Tensor,
        cache: Cache,
        column: int,
        shared: Cache,
        prefix: int,
        ends: Tensor,
        steps: int,
        draws: Tensor,
        temperature: float,
        top_p: float,
        penalty: float,
    ) -> Tensor:
        sampling = Sampling(temperature, top_p, penalty)
        before = Prefix(shared, prefix)
        own = choice_of(choice)
        return advance_rows(
            model, ids, positions, first, own, cache, column, before, ends, steps, draws, sampling)

    # One step of rows as "advance" takes it, without picking a token -> [B, V].
    def step_logits(
        self,
        model: Model,
        choice: Tensor,
        ids: Tensor,
        positions: Tensor,
        first: Tensor,
        cache: Cache,
        column: int,
        shared: Cache,
        prefix: int,
    ) -> Tensor:
        return step(model, ids, positions, first, choice_of(choice), cache, column, Prefix(shared, prefix))

    # Picks the next token [B] from logits [B, V] of two models, by the amplified difference of the second.
    def pick_amplified(
        self, base: Tensor, tuned: Tensor, alpha: float, least: float, draws: Tensor, temperature: float, top_p: float
    ) -> Tensor:
        return pick(amplified(base, tuned, alpha, least), draws, Sampling(temperature, top_p, 1.0))
