# Where tokens are. Those of many prompts lie one after the other in one flat row, without padding: linear layers
# see the row as a whole, attention is computed prompt by prompt.
from typing import List, NamedTuple, Optional

import torch
from torch import Tensor


# A prompt's place in a row.
class Prompt(NamedTuple):
    start: int  # its first token
    context: int  # tokens before its first branch
    length: int  # all its tokens
    cache_row: int  # where its keys and values are kept
    cache_column: int
    sequence: int  # length of the whole sequence, by which some rotary embeddings choose their frequencies


# A token sees its prompt's own tokens before it and the earlier ones of its own branch. For tokens of several
# adapters side by side, a row of "choice" has a 1 for the adapter that its token takes, or none.
class Row(NamedTuple):
    ids: Tensor  # [N]
    positions: Tensor  # [N]
    branches: Tensor  # [N]: 0 for a prompt's own tokens, n for the n-th continuation that grows from it
    prompts: List[Prompt]
    choice: Optional[Tensor]  # [N, adapters]


# Keys and values of some rows, by layer; without layers where none are kept.
class Cache(NamedTuple):
    keys: List[Tensor]  # [rows, K, columns, D] each
    values: List[Tensor]  # [rows, K, columns, D] each
    seen: Optional[Tensor]  # [rows, V]: which tokens each row has, for a repetition penalty


# What all prompts begin with: one row, of which "length" columns are filled; the ones after them are scratch
# space for the prompt at hand.
class Prefix(NamedTuple):
    cache: Cache
    length: int


# Six numbers for each prompt, as Java writes them.
def read_prompts(numbers: List[int]) -> List[Prompt]:
    prompts: List[Prompt] = []
    for i in range(0, len(numbers), 6):
        start, context, length, cache_row, cache_column, sequence = numbers[i : i + 6]
        prompts.append(Prompt(start, context, length, cache_row, cache_column, sequence))
    return prompts


def choice_of(choice: Tensor) -> Optional[Tensor]:
    given: Optional[Tensor] = None
    if choice.numel() > 0:
        given = choice
    return given


def choice_at(choice: Optional[Tensor], tokens: Tensor) -> Optional[Tensor]:
    if choice is not None:
        choice = choice.index_select(0, tokens)
    return choice


def no_cache() -> Cache:
    keys: List[Tensor] = []
    values: List[Tensor] = []
    return Cache(keys, values, None)


# Zeros, as a masked column still takes part in sums and what memory holds by chance may not be a number.
def new_cache(layers: int, shape: List[int], type: int, like: Tensor) -> Cache:
    keys: List[Tensor] = []
    values: List[Tensor] = []
    for l in range(layers):
        keys.append(torch.zeros(shape, dtype=type, device=like.device))
        values.append(torch.zeros(shape, dtype=type, device=like.device))
    return Cache(keys, values, None)


# Notes that row rows[i] has the token ids[i].
def note_seen(cache: Cache, vocabulary: int, rows: Tensor, ids: Tensor) -> Cache:
    seen = torch.zeros([cache.keys[0].size(0), vocabulary], dtype=torch.bool, device=ids.device)
    seen.view([-1]).index_fill_(0, rows * vocabulary + ids, 1)
    return Cache(cache.keys, cache.values, seen)


def keep_rows(cache: Cache, rows: Tensor) -> Cache:
    keys: List[Tensor] = []
    values: List[Tensor] = []
    for l in range(len(cache.keys)):
        keys.append(cache.keys[l].index_select(0, rows))
        values.append(cache.values[l].index_select(0, rows))
    return Cache(keys, values, choice_at(cache.seen, rows))
