# The decoder, in the source dialect of TorchScript archives. KernelArchive packs this text together
# with a family's numbers (the attributes below); Kernel calls the methods under "Entry points".
#
# Tokens of many prompts lie one after the other in one flat row, without padding. Linear layers see
# the row as a whole; attention is computed prompt by prompt.
#
#   N tokens in the row    H hidden size    Q query heads    K key heads    D head size    V vocabulary
#
#   w        weights, in the order of Blueprint.slots: 6 of the model, 16 of each layer, in models with experts
#            or sinks 6 more of each layer, then those between embeddings of another width E and the layers:
#            in [H, E] and out [E, H]. An absent tensor has no elements.
#   a        an adapter in three tensors per linear layer (low-rank in, low-rank out, output scale), in the
#            order of Blueprint.sites, and a last one without elements; no tensors at all if there is no
#            adapter. For tokens of several adapters the low-rank parts of these lie side by side, all of one
#            width in a layer, and the last tensor [N, adapters] has a 1 for the one that a token takes; one
#            without a 1 takes none.
#   rope     inverse frequencies, one tensor per kind of rotary embedding: [D'/2], or [2, D'/2] if there are
#            two sets, for shorter and for longer sequences.
#   ids      token ids [N].      pos: positions [N].
#   branch   [N]: 0 for a prompt's own tokens, n for the n-th continuation that grows from it. A token
#            sees its prompt and the earlier tokens of its own branch.
#   items    six numbers for each prompt: first token, tokens before the first branch, all tokens, the row and
#            column of "own" where its keys and values are kept, and the length of the whole sequence, by which
#            some rotary embeddings choose their frequencies.
#   own      per layer the keys and the values kept for later [rows, K, columns, D], or no tensors at all. For a
#            repetition penalty a last tensor notes which tokens each row has [rows, V].
#   shared   the same of a prefix that all prompts begin with [1, K, columns, D]; "prefix" columns are
#            filled, the ones after them are scratch space for the prompt at hand.
#
# Types: 6 is float32, 15 is bfloat16. The residual stream, norms, rotations, the head's product and everything
# after it are float32 always; matrix products within layers and attention are of type "compute". Their weights
# and the head's are stored in type "stored", which is another one where the processor multiplies that type slowly.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  stored : int
  compute : int
  packs : bool
  layers : int
  heads : int
  kv_heads : int
  head_dim : int
  layer_norm : bool
  epsilon : float
  activation : int
  gated : bool
  parallel : bool
  post_norm : bool
  head_norm : int
  embedding_scale : float
  residual_scale : float
  attention_scale : float
  attention_cap : float
  logit_scale : float
  logit_cap : float
  position_offset : int
  query_scales : List[float]
  windows : List[int]
  ropes : List[int]
  rope_scales : List[float]
  rope_limits : List[int]
  rope_factors : List[float]
  rope_thetas : List[float]
  slopes : List[float]
  sinks : bool
  experts : List[int]
  expert_sites : List[int]
  experts_chosen : int
  routing : int
  glu_limit : float
  glu_gain : float

  # ---- Pieces ------------------------------------------------------------------------------------

  # RMSNorm or LayerNorm over the last dimension; the input itself if there is no weight.
  def norm(self: __torch__.Decoder,
      x: Tensor,
      weight: Tensor,
      bias: Tensor) -> Tensor:
    f = torch.to(x, 6)
    if torch.eq(torch.numel(weight), 0):
      y = f
    else:
      if self.layer_norm:
        if torch.eq(torch.numel(bias), 0):
          y = torch.layer_norm(f, [torch.size(f, -1)], weight, None, self.epsilon)
        else:
          y = torch.layer_norm(f, [torch.size(f, -1)], weight, bias, self.epsilon)
      else:
        mean = torch.mean(torch.mul(f, f), [-1], True)
        y = torch.mul_(torch.mul(f, torch.rsqrt(torch.add(mean, self.epsilon))), weight)
    return y

  # Inner products of a low-rank part [N, width]; of several adapters side by side a token keeps its own.
  def taken(self: __torch__.Decoder,
      inner: Tensor,
      a: List[Tensor]) -> Tensor:
    own = a[-1]
    if torch.gt(torch.numel(own), 0):
      each = torch.view(inner, [torch.size(own, 0), torch.size(own, 1), -1])
      inner = torch.view(torch.mul_(each, torch.unsqueeze(own, 2)), [torch.size(own, 0), -1])
    else:
      pass
    return inner

  # The adapter's tensors from..to, for some of the tokens only.
  def adapter_of(self: __torch__.Decoder,
      a: List[Tensor],
      start: int,
      end: int,
      rows: Tensor) -> List[Tensor]:
    result = torch.slice(a, start, end, 1)
    if torch.gt(torch.len(a), 0):
      own = a[-1]
      if torch.gt(torch.numel(own), 0):
        own = torch.index_select(own, 0, rows)
      else:
        pass
      _0 = torch.append(result, own)
    else:
      pass
    return result

  # x W' + b by oneDNN where this processor and type have it: in a large product it is a tenth to a fifth faster
  # than torch.linear in float32, in a small one of a packed weight up to twice as fast. The bias may be absent.
  def product(self: __torch__.Decoder,
      x: Tensor,
      weight: Tensor,
      bias: Tensor) -> Tensor:
    b = annotate(Optional[Tensor], None)
    if torch.gt(torch.numel(bias), 0):
      b = torch.to(bias, ops.prim.dtype(x))
    else:
      pass
    if self.packs:
      y = ops.mkldnn._linear_pointwise(x, weight, b, "none", annotate(List[Optional[number]], []), "")
    else:
      y = torch.linear(x, weight, b)
    return y

  # x W' + b for a weight of any type. One of another type than x is widened a piece at a time: a piece fits the
  # processor's cache, and to widen it there costs less than to read a wide weight from memory.
  def widened(self: __torch__.Decoder,
      x: Tensor,
      weight: Tensor,
      bias: Tensor) -> Tensor:
    if torch.eq(ops.prim.dtype(weight), ops.prim.dtype(x)):
      y = (self).product(x, weight, bias, )
    else:
      rows = torch.size(weight, 0)
      size = ops.prim.min(ops.prim.max(1, torch.floordiv(2097152, torch.size(weight, 1))), rows)
      wide = torch.empty([size, torch.size(weight, 1)], dtype=ops.prim.dtype(x), device=ops.prim.device(weight))
      pieces = annotate(List[Tensor], [])
      start = 0
      while torch.lt(start, rows):
        stop = ops.prim.min(start + size, rows)
        piece = torch.copy_(torch.slice(wide, 0, 0, stop - start), torch.slice(weight, 0, start, stop))
        _0 = torch.append(pieces, (self).product(x, piece, torch.slice(bias, 0, start, stop), ))
        start = stop
      if torch.eq(torch.len(pieces), 1):
        y = pieces[0]
      else:
        y = torch.cat(pieces, 1)
    return y

  # x W' + b, with adapter: (x W' + (x A') B') * scale + b. "slot" counts the adapter's tensors.
  def project(self: __torch__.Decoder,
      x: Tensor,
      weight: Tensor,
      bias: Tensor,
      a: List[Tensor],
      slot: int) -> Tensor:
    return (self).project_rows(x, weight, bias, a, slot, 0, torch.size(weight, 0), )

  # The same for the outputs from..to only; all of them of a packed weight.
  def project_rows(self: __torch__.Decoder,
      x: Tensor,
      weight: Tensor,
      bias: Tensor,
      a: List[Tensor],
      slot: int,
      start: int,
      end: int) -> Tensor:
    if ops.prim.is_mkldnn(weight):
      w = weight
    else:
      w = torch.slice(weight, 0, start, end)
    b = torch.slice(bias, 0, start, end)
    type = ops.prim.dtype(x)
    if torch.eq(torch.len(a), 0):
      y = (self).widened(x, w, b, )
    else:
      y = (self).widened(x, w, torch.slice(b, 0, 0, 0), )
      if torch.gt(torch.numel(a[slot]), 0):
        up = torch.to(torch.slice(a[slot + 1], 0, start, end), type)
        inner = (self).taken(torch.linear(x, torch.to(a[slot], type)), a, )
        y = torch.addmm_(y, inner, torch.t(up))
      else:
        pass
      if torch.gt(torch.numel(a[slot + 2]), 0):
        y = torch.mul_(y, torch.slice(a[slot + 2], 0, start, end))
      else:
        pass
      if torch.gt(torch.numel(b), 0):
        y = torch.add_(y, b)
      else:
        pass
    return y

  def embed(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      ids: Tensor,
      pos: Tensor) -> Tensor:
    x = torch.to(torch.embedding(w[0], ids), 6)
    if torch.gt(torch.len(a), 0):
      if torch.gt(torch.numel(a[0]), 0):
        x = torch.add(x, torch.to(torch.linear((self).taken(torch.embedding(a[0], ids), a, ), a[1]), 6))
      else:
        pass
      if torch.gt(torch.numel(a[2]), 0):
        x = torch.mul(x, a[2])
      else:
        pass
    else:
      pass
    if torch.ne(self.embedding_scale, 1.):
      x = torch.mul(x, self.embedding_scale)
    else:
      pass
    into = torch.len(w) - 2
    if torch.gt(torch.numel(w[into]), 0):
      x = torch.to(x, self.compute)
      x = torch.to((self).project(x, w[into], torch.slice(w[into], 0, 0, 0), a, torch.len(a) - 7, ), 6)
    else:
      pass
    if torch.gt(torch.numel(w[1]), 0):
      x = torch.add(x, torch.to(torch.embedding(w[1], torch.add(pos, self.position_offset)), 6))
    else:
      pass
    return x

  # The length of the sequence that each token of a row belongs to [N].
  def lengths(self: __torch__.Decoder,
      pos: Tensor,
      items: List[int]) -> Tensor:
    result = torch.zeros_like(pos)
    for i in range(torch.floordiv(torch.len(items), 6)):
      start = items[6 * i]
      _0 = torch.fill_(torch.slice(result, 0, start, start + items[6 * i + 2]), items[6 * i + 5])
    return result

  # Inverse frequencies [N, D'/2] of tokens in sequences of the given lengths, where they depend on it. Up to the
  # limit they are the usual ones. Beyond it: the second set (longrope), or those of a larger base (dynamic),
  # base * (factor * length / limit - (factor - 1))^(D' / (D' - 2)).
  def stretched(self: __torch__.Decoder,
      inverse: Tensor,
      lengths: Tensor,
      kind: int) -> Tensor:
    limit = self.rope_limits[kind]
    factor = self.rope_factors[kind]
    n = torch.unsqueeze(lengths, 1)
    over = torch.gt(n, limit)
    if torch.eq(torch.dim(inverse), 2):
      r = torch.where(over, torch.select(inverse, 0, 1), torch.select(inverse, 0, 0))
    else:
      d = 2 * torch.size(inverse, 0)
      grown = torch.sub(torch.div(torch.mul(torch.to(torch.clamp_min(n, limit), 6), factor), limit), factor - 1.)
      base = torch.mul(torch.pow(grown, d / (d - 2)), self.rope_thetas[kind])
      exponents = torch.div(torch.arange(0, d, 2, dtype=6, device=ops.prim.device(inverse)), d)
      r = torch.where(over, torch.reciprocal(torch.pow(base, exponents)), inverse)
    return r

  # Cosines and sines of every kind of rotary embedding: [N, 1, D'/2] each, two after the other.
  def rotations(self: __torch__.Decoder,
      rope: List[Tensor],
      pos: Tensor,
      lengths: Tensor) -> List[Tensor]:
    result = annotate(List[Tensor], [])
    for i in range(torch.len(rope)):
      inverse = rope[i]
      if torch.gt(self.rope_limits[i], 0):
        inverse = (self).stretched(inverse, lengths, i, )
      else:
        pass
      angle = torch.unsqueeze(torch.mul(torch.unsqueeze(torch.to(pos, 6), 1), inverse), 1)
      _0 = torch.append(result, torch.mul_(torch.cos(angle), self.rope_scales[i]))
      _1 = torch.append(result, torch.mul_(torch.sin(angle), self.rope_scales[i]))
    return result

  # Rotates the leading part of each head in place: x [N, heads, D], float32.
  def rotate(self: __torch__.Decoder,
      x: Tensor,
      cos: Tensor,
      sin: Tensor) -> Tensor:
    half = torch.size(cos, -1)
    one = torch.slice(x, -1, 0, half)
    two = torch.slice(x, -1, half, 2 * half)
    kept = torch.mul(one, sin)
    _0 = torch.addcmul_(torch.mul_(one, cos), two, sin, value=-1)
    _1 = torch.add_(torch.mul_(two, cos), kept)
    return x

  # Norm of queries or keys [N, heads * D]. "head_norm" is 0 if it is over all heads before they are split, 1 if
  # it is over each head by one weight [D], 2 with weight and bias [2 D], 3 with a weight for each head [heads D].
  def normed_heads(self: __torch__.Decoder,
      x: Tensor,
      weight: Tensor,
      heads: int) -> Tensor:
    D = self.head_dim
    none = torch.slice(weight, 0, 0, 0)
    if torch.eq(self.head_norm, 0):
      y = torch.view((self).norm(x, weight, none, ), [-1, heads, D])
    else:
      x = torch.reshape(x, [-1, heads, D])
      if torch.eq(self.head_norm, 1):
        y = (self).norm(x, weight, none, )
      else:
        if torch.eq(self.head_norm, 2):
          y = (self).norm(x, torch.slice(weight, 0, 0, D), torch.slice(weight, 0, D), )
        else:
          y = torch.layer_norm(torch.to(x, 6), [D], None, None, self.epsilon)
          y = torch.mul_(y, torch.view(weight, [heads, D]))
    return y

  # Queries [N, Q, D], keys and values [N, K, D] of a normed input [N, H].
  def qkv(self: __torch__.Decoder,
      h: Tensor,
      l: int,
      w: List[Tensor],
      a: List[Tensor],
      turns: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    o = 6 + 16 * l
    D = self.head_dim
    turned = self.heads + self.kv_heads
    y = (self).project(h, w[o + 2], w[o + 3], a, 6 + 12 * l, )
    v = torch.view(torch.slice(y, 1, turned * D), [-1, self.kv_heads, D])
    if torch.gt(torch.numel(w[o + 4]), 0):
      qn = (self).normed_heads(torch.slice(y, 1, 0, self.heads * D), w[o + 4], self.heads, )
      kn = (self).normed_heads(torch.slice(y, 1, self.heads * D, turned * D), w[o + 5], self.kv_heads, )
      qk = torch.cat([qn, kn], 1)
    else:
      qk = torch.view(torch.slice(y, 1, 0, turned * D), [-1, turned, D])
    kind = self.ropes[l]
    if torch.ge(kind, 0):
      qk = (self).rotate(torch.to(qk, 6), turns[2 * kind], turns[2 * kind + 1], )
    else:
      pass
    qk = torch.to(qk, self.compute)
    q = torch.slice(qk, 1, 0, self.heads)
    if torch.ne(self.query_scales[l], 1.):
      q = torch.mul(q, self.query_scales[l])
    else:
      pass
    return (q, torch.slice(qk, 1, self.heads), v)

  # 0 where a query may look, -inf where not: [queries, keys].
  def mask(self: __torch__.Decoder,
      qpos: Tensor,
      qbranch: Tensor,
      kpos: Tensor,
      kbranch: Tensor,
      window: int) -> Tensor:
    q = torch.unsqueeze(qpos, 1)
    k = torch.unsqueeze(kpos, 0)
    b = torch.unsqueeze(kbranch, 0)
    seen = torch.__or__(torch.eq(b, 0), torch.eq(torch.unsqueeze(qbranch, 1), b))
    seen = torch.__and__(seen, torch.le(k, q))
    if torch.gt(window, 0):
      seen = torch.__and__(seen, torch.lt(torch.sub(q, k), window))
    else:
      pass
    m = torch.zeros([torch.size(qpos, 0), torch.size(kpos, 0)], dtype=6, device=ops.prim.device(qpos))
    return torch.to(torch.masked_fill_(m, torch.bitwise_not(seen), -float("inf")), self.compute)

  # Whether attention needs more than the engine's own operation offers.
  def by_hand(self: __torch__.Decoder) -> bool:
    return torch.__or__(torch.gt(self.attention_cap, 0.), self.sinks)

  # The masks of every prompt for one window size. An empty mask means plainly causal; one with fewer rows
  # than the prompt has tokens is for the last rows only, the others being plainly causal.
  def masks(self: __torch__.Decoder,
      pos: Tensor,
      branch: Tensor,
      items: List[int],
      prefix: int,
      window: int) -> List[Tensor]:
    result = annotate(List[Tensor], [])
    before = torch.arange(prefix, dtype=4, device=ops.prim.device(pos))
    for i in range(torch.floordiv(torch.len(items), 6)):
      start = items[6 * i]
      context = items[6 * i + 1]
      total = items[6 * i + 2]
      p = torch.slice(pos, 0, start, start + total)
      b = torch.slice(branch, 0, start, start + total)
      plain = torch.__and__(torch.eq(prefix, 0), torch.__not__((self).by_hand()))
      plain = torch.__and__(plain, torch.eq(torch.len(self.slopes), 0))
      if torch.gt(window, 0):
        plain = torch.__and__(plain, torch.le(total, window))
      else:
        pass
      first = 0
      if plain:
        if torch.__or__(torch.eq(context, total), torch.ge(context, 192)):
          first = context
        else:
          pass
      else:
        pass
      if torch.eq(first, total):
        m = torch.zeros([0, 0], dtype=6)
      else:
        kp = torch.cat([before, p], 0)
        kb = torch.cat([torch.zeros_like(before), b], 0)
        m = (self).mask(torch.slice(p, 0, first), torch.slice(b, 0, first), kp, kb, window, )
      _0 = torch.append(result, m)
    return result

  # What heads with slopes add to the products with keys at positions kpos [.., S]: [.., K, Q/K, S], rounded
  # as transformers does whatever type it computes in.
  def alibi(self: __torch__.Decoder,
      kpos: Tensor) -> Tensor:
    slopes = torch.tensor(self.slopes, dtype=15, device=ops.prim.device(kpos))
    slopes = torch.view(slopes, [self.kv_heads, -1, 1])
    far = torch.unsqueeze(torch.unsqueeze(kpos, -2), -2)
    return torch.mul(torch.to(torch.mul(slopes, far), 6), self.attention_scale)

  # The same for every prompt of a row, over a shared prefix and its own keys; without elements if there are
  # no slopes.
  def biases(self: __torch__.Decoder,
      pos: Tensor,
      items: List[int],
      prefix: int) -> List[Tensor]:
    result = annotate(List[Tensor], [])
    before = torch.arange(prefix, dtype=4, device=ops.prim.device(pos))
    for i in range(torch.floordiv(torch.len(items), 6)):
      start = items[6 * i]
      if torch.eq(torch.len(self.slopes), 0):
        b = torch.zeros([0], dtype=6)
      else:
        p = torch.cat([before, torch.slice(pos, 0, start, start + items[6 * i + 2])], 0)
        b = torch.unsqueeze((self).alibi(p, ), -2)
      _0 = torch.append(result, b)
    return result

  # Scaled and softly capped products of queries [.., T, D] and keys [.., S, D], float32.
  def products(self: __torch__.Decoder,
      q: Tensor,
      k: Tensor) -> Tensor:
    s = torch.mul(torch.to(torch.matmul(q, torch.transpose(k, -2, -1)), 6), self.attention_scale)
    if torch.gt(self.attention_cap, 0.):
      s = torch.mul(torch.tanh(torch.div(s, self.attention_cap)), self.attention_cap)
    else:
      pass
    return s

  # Softmax of products over the last dimension. A head's sink, if there is one, is a key without a value: it
  # takes its share and is left out of the result.
  def shares(self: __torch__.Decoder,
      s: Tensor,
      sink: Tensor) -> Tensor:
    if self.sinks:
      z = torch.expand(sink, [torch.size(s, 0), torch.size(s, 1), torch.size(s, 2), 1])
      p = torch.slice(torch.softmax(torch.cat([s, z], -1), -1), -1, 0, torch.size(s, -1))
    else:
      p = torch.softmax(s, -1)
    return p

  # Sinks of the heads of layer l [Q]; without elements in a model that has none.
  def sink(self: __torch__.Decoder,
      l: int,
      w: List[Tensor]) -> Tensor:
    if self.sinks:
      t = w[6 + 16 * self.layers + 6 * l]
    else:
      t = torch.zeros([0], dtype=6)
    return t

  # Attention of queries [K, Q/K, T, D] on keys and values [K, S, D] -> [K, Q/K, T, D].
  def attend(self: __torch__.Decoder,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      mask: Tensor,
      sink: Tensor) -> Tensor:
    shape = [torch.size(q, 0), torch.size(q, 1), torch.size(k, 1), self.head_dim]
    ke = torch.expand(torch.unsqueeze(k, 1), shape)
    ve = torch.expand(torch.unsqueeze(v, 1), shape)
    if (self).by_hand():
      each = torch.reshape(sink, [torch.size(q, 0), -1, 1, 1])
      p = (self).shares(torch.add((self).products(q, ke, ), mask), each, )
      r = torch.matmul(torch.to(p, self.compute), ve)
    else:
      if torch.gt(torch.numel(mask), 0):
        r = torch.scaled_dot_product_attention(q, ke, ve, mask, 0., False, scale=self.attention_scale)
      else:
        if (self).in_blocks(q, ):
          r = (self).attend_blocks(q, k, v, )
        else:
          r = torch.scaled_dot_product_attention(q, ke, ve, None, 0., True, scale=self.attention_scale)
    return r

  # Causal attention in blocks of queries, each of about 384 rows over the heads that share keys: a product with the
  # keys up to the block's end, a softmax and a product with the values. By oneDNN a tenth to a third faster than
  # the engine's own operation, for a prompt of some length whose heads share keys.
  def attend_blocks(self: __torch__.Decoder,
      q: Tensor,
      k: Tensor,
      v: Tensor) -> Tensor:
    T = torch.size(q, 2)
    k = torch.contiguous(k)
    v = torch.contiguous(v)
    size = ops.prim.max(64, torch.floordiv(384, torch.size(q, 1)))
    later = torch.triu(torch.full([size, size], -float("inf"), dtype=6), 1)
    out = torch.empty([T, torch.size(q, 0), torch.size(q, 1), self.head_dim], dtype=6)
    for h in range(torch.size(q, 0)):
      rows = torch.transpose(torch.select(q, 0, h), 0, 1)
      start = 0
      while torch.lt(start, T):
        end = ops.prim.min(start + size, T)
        ks = torch.slice(torch.select(k, 0, h), 0, 0, end)
        vs = torch.slice(torch.select(v, 0, h), 0, 0, end)
        y = (self).attend_block(torch.slice(rows, 0, start, end), ks, vs, later, )
        _0 = torch.copy_(torch.select(torch.slice(out, 0, start, end), 1, h), y)
        start = end
    return torch.permute(out, [1, 2, 0, 3])

  # Attention of the last queries [B, Q/K, D] of a sequence on one head's keys and values [S, D] -> [B, Q/K, D].
  # "later" has -inf above its diagonal.
  def attend_block(self: __torch__.Decoder,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      later: Tensor) -> Tensor:
    B = torch.size(q, 0)
    S = torch.size(k, 0)
    none = torch.slice(later, 0, 0, 0)
    scaled = torch.reshape(torch.mul(q, self.attention_scale), [-1, self.head_dim])
    s = (self).product(scaled, k, none, )
    ends = torch.slice(torch.view(s, [B, -1, S]), 2, S - B)
    _0 = torch.add_(ends, torch.unsqueeze(torch.slice(torch.slice(later, 0, 0, B), 1, 0, B), 1))
    p = torch._softmax(s, -1, False, out=s)
    return torch.view((self).product(p, torch.t(v), none, ), [B, -1, self.head_dim])

  # Whether plainly causal attention of queries [K, Q/K, T, D] is faster in blocks. It is in float32 only: products
  # of a narrower type would be rounded before the softmax.
  def in_blocks(self: __torch__.Decoder,
      q: Tensor) -> bool:
    large = torch.__and__(torch.ge(torch.size(q, 2), 256), torch.gt(torch.size(q, 1), 1))
    return torch.__and__(torch.__and__(self.packs, torch.eq(self.compute, 6)), large)

  # Attention of one prompt: its causal rows, then its masked ones -> [T, Q * D].
  def attend_prompt(self: __torch__.Decoder,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      mask: Tensor,
      bias: Tensor,
      sink: Tensor) -> Tensor:
    T = torch.size(q, 0)
    q4 = torch.permute(torch.view(q, [T, self.kv_heads, -1, self.head_dim]), [1, 2, 0, 3])
    first = T - torch.size(mask, 0)
    if torch.__or__(torch.eq(first, 0), torch.eq(first, T)):
      if torch.gt(torch.numel(bias), 0):
        mask = torch.to(torch.add(mask, bias), self.compute)
      else:
        pass
      r = (self).attend(q4, k, v, mask, sink, )
    else:
      plain = torch.slice(mask, 0, 0, 0)
      one = (self).attend(torch.slice(q4, 2, 0, first), torch.slice(k, 1, 0, first), torch.slice(v, 1, 0, first), plain, sink, )
      two = (self).attend(torch.slice(q4, 2, first), k, v, mask, sink, )
      r = torch.cat([one, two], 2)
    return torch.reshape(torch.permute(r, [2, 0, 1, 3]), [T, -1])

  # Attention of all prompts of the row at layer l -> [N, Q * D].
  def attend_all(self: __torch__.Decoder,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      sink: Tensor,
      l: int,
      items: List[int],
      masks: List[Tensor],
      biases: List[Tensor],
      own: List[Tensor],
      shared: List[Tensor],
      prefix: int) -> Tensor:
    parts = annotate(List[Tensor], [])
    for i in range(torch.floordiv(torch.len(items), 6)):
      start = items[6 * i]
      total = items[6 * i + 2]
      ki = torch.transpose(torch.slice(k, 0, start, start + total), 0, 1)
      vi = torch.transpose(torch.slice(v, 0, start, start + total), 0, 1)
      if torch.gt(torch.len(own), 0):
        row = items[6 * i + 3]
        at = items[6 * i + 4]
        _0 = torch.copy_(torch.slice(torch.select(own[2 * l], 0, row), 1, at, at + total), ki)
        _1 = torch.copy_(torch.slice(torch.select(own[2 * l + 1], 0, row), 1, at, at + total), vi)
      else:
        pass
      if torch.gt(prefix, 0):
        ks = torch.slice(torch.select(shared[2 * l], 0, 0), 1, 0, prefix + total)
        vs = torch.slice(torch.select(shared[2 * l + 1], 0, 0), 1, 0, prefix + total)
        _2 = torch.copy_(torch.slice(ks, 1, prefix), ki)
        _3 = torch.copy_(torch.slice(vs, 1, prefix), vi)
        ki = ks
        vi = vs
      else:
        pass
      qi = torch.slice(q, 0, start, start + total)
      _4 = torch.append(parts, (self).attend_prompt(qi, ki, vi, masks[i], biases[i], sink, ))
    if torch.eq(torch.len(parts), 1):
      r = parts[0]
    else:
      r = torch.cat(parts, 0)
    return r

  # The activation, in place where there is such an operation: memory that is still in the caches.
  def activate(self: __torch__.Decoder,
      x: Tensor) -> Tensor:
    if torch.eq(self.activation, 0):
      y = torch.silu_(x)
    else:
      if torch.eq(self.activation, 1):
        y = torch.gelu(x, approximate="tanh")
      else:
        if torch.eq(self.activation, 2):
          y = torch.gelu(x)
        else:
          if torch.eq(self.activation, 3):
            y = torch.relu_(x)
          else:
            if torch.eq(self.activation, 4):
              y = torch.tanh_(x)
            else:
              if torch.eq(self.activation, 5):
                y = torch.mul_(torch.sigmoid(torch.mul(x, 1.702)), x)
              else:
                y = torch.square(torch.relu_(x))
    return y

  # A gate's function times what it lets through, in place; clamped for gpt-oss: the gate from above, the other
  # one from both sides.
  def gate(self: __torch__.Decoder,
      g: Tensor,
      u: Tensor) -> Tensor:
    if torch.gt(self.glu_limit, 0.):
      g = torch.clamp_max(g, self.glu_limit)
      u = torch.add(torch.clamp(u, -self.glu_limit, self.glu_limit), 1)
      y = torch.mul_(torch.mul_(torch.sigmoid(torch.mul(g, self.glu_gain)), g), u)
    else:
      y = torch.mul_((self).activate(g, ), u)
    return y

  # Which experts each token of f [N, H] goes through and with what share: [N, chosen] each.
  def route(self: __torch__.Decoder,
      f: Tensor,
      l: int,
      w: List[Tensor],
      a: List[Tensor]) -> Tuple[Tensor, Tensor]:
    x = 6 + 16 * self.layers + 6 * l
    y = (self).project(f, w[x + 1], w[x + 2], a, self.expert_sites[l], )
    if torch.eq(self.routing, 2):
      top, chosen, = torch.topk(y, self.experts_chosen, 1)
      share = torch.softmax(top, -1)
    else:
      share, chosen, = torch.topk(torch.softmax(y, -1), self.experts_chosen, 1)
      if torch.eq(self.routing, 1):
        share = torch.div(share, torch.sum(share, [1], True))
      else:
        pass
    return (share, chosen)

  # Expert e of layer l over its tokens, with its own tensors of the adapter; each expert's rows lie one after the other in one weight.
  def expert(self: __torch__.Decoder,
      h: Tensor,
      e: int,
      l: int,
      w: List[Tensor],
      a: List[Tensor]) -> Tensor:
    o = 6 + 16 * l
    width = torch.size(w[o + 13], 1)
    hidden = torch.size(h, 1)
    first = 2 * width * e
    up = torch.slice(w[o + 11], 0, first, first + 2 * width)
    bias = torch.slice(w[o + 12], 0, first, first + 2 * width)
    y = (self).project(h, up, bias, a, 0, )
    y = (self).gate(torch.slice(y, 1, 0, width), torch.slice(y, 1, width), )
    down = torch.slice(w[o + 13], 0, hidden * e, hidden * (e + 1))
    bias = torch.slice(w[o + 14], 0, hidden * e, hidden * (e + 1))
    return (self).project(y, down, bias, a, 3, )

  # A feed-forward part of experts. Tokens are sorted by expert: one is computed once over all of its tokens, and
  # not at all if it has none -> float32.
  def mixture(self: __torch__.Decoder,
      h: Tensor,
      l: int,
      w: List[Tensor],
      a: List[Tensor]) -> Tensor:
    f = torch.to(h, 6)
    share, chosen, = (self).route(f, l, w, a, )
    which, order, = torch.sort(torch.reshape(chosen, [-1]), stable=True, dim=0, descending=False)
    counts = torch.cpu(torch.bincount(which, None, self.experts[l]))
    tokens = torch.floor_divide(order, self.experts_chosen)
    shares = torch.unsqueeze(torch.index_select(torch.reshape(share, [-1]), 0, order), 1)
    result = (self).shared_expert(h, f, l, w, a, )
    start = 0
    for e in range(self.experts[l]):
      end = start + int(torch.select(counts, 0, e))
      if torch.gt(end, start):
        rows = torch.slice(tokens, 0, start, end)
        slot = self.expert_sites[l] + 12 + 6 * e
        part = (self).adapter_of(a, slot, slot + 6, rows, )
        y = (self).expert(torch.index_select(h, 0, rows), e, l, w, part, )
        y = torch.mul(torch.to(y, 6), torch.slice(shares, 0, start, end))
        _0 = torch.index_add_(result, 0, rows, y)
      else:
        pass
      start = end
    return result

  # The expert that all tokens go through, times its own gate; zeros in a model without one -> float32.
  def shared_expert(self: __torch__.Decoder,
      h: Tensor,
      f: Tensor,
      l: int,
      w: List[Tensor],
      a: List[Tensor]) -> Tensor:
    x = 6 + 16 * self.layers + 6 * l
    slot = self.expert_sites[l]
    none = torch.slice(w[x + 1], 0, 0, 0)
    if torch.eq(torch.numel(w[x + 3]), 0):
      y = torch.zeros_like(f)
    else:
      width = torch.size(w[x + 4], 1)
      g = (self).project(h, w[x + 3], none, a, slot + 3, )
      g = (self).gate(torch.slice(g, 1, 0, width), torch.slice(g, 1, width), )
      y = torch.to((self).project(g, w[x + 4], none, a, slot + 6, ), 6)
      y = torch.mul(y, torch.sigmoid((self).project(f, w[x + 5], none, a, slot + 9, )))
    return y

  # The feed-forward part; a gated one has the gate's rows before the others in one weight.
  def mlp(self: __torch__.Decoder,
      h: Tensor,
      l: int,
      w: List[Tensor],
      a: List[Tensor]) -> Tensor:
    o = 6 + 16 * l
    width = torch.size(w[o + 13], 1)
    if torch.__and__(self.gated, ops.prim.is_mkldnn(w[o + 11])):
      y = (self).project(h, w[o + 11], w[o + 12], a, 12 + 12 * l, )
      g = torch.mul_((self).activate(torch.slice(y, 1, 0, width), ), torch.slice(y, 1, width))
    else:
      g = (self).activate((self).project_rows(h, w[o + 11], w[o + 12], a, 12 + 12 * l, 0, width, ), )
      if self.gated:
        up = (self).project_rows(h, w[o + 11], w[o + 12], a, 12 + 12 * l, width, 2 * width, )
        g = torch.mul_(g, up)
      else:
        pass
    return (self).project(g, w[o + 13], w[o + 14], a, 15 + 12 * l, )

  # Adds a branch's output to the residual stream, in place.
  def residual(self: __torch__.Decoder,
      x: Tensor,
      y: Tensor) -> Tensor:
    return torch.add_(x, y, alpha=self.residual_scale)

  # The residual stream and the input of a layer's part: its norm, which is the stream itself from then on if
  # norms come after the parts ("post_norm").
  def normed(self: __torch__.Decoder,
      x: Tensor,
      weight: Tensor,
      bias: Tensor) -> Tuple[Tensor, Tensor]:
    n = (self).norm(x, weight, bias, )
    if self.post_norm:
      x = n
    else:
      pass
    return (x, torch.to(n, self.compute))

  # What follows a layer's attention; h is the normed input of the attention, y its output.
  def after_attention(self: __torch__.Decoder,
      x: Tensor,
      h: Tensor,
      y: Tensor,
      l: int,
      w: List[Tensor],
      a: List[Tensor]) -> Tensor:
    o = 6 + 16 * l
    none = torch.slice(w[o + 8], 0, 0, 0)
    y = (self).project(y, w[o + 6], w[o + 7], a, 9 + 12 * l, )
    if torch.gt(torch.numel(w[o + 8]), 0):
      y = (self).norm(y, w[o + 8], none, )
    else:
      pass
    if self.parallel:
      if torch.gt(torch.numel(w[o + 9]), 0):
        h = torch.to((self).norm(x, w[o + 9], w[o + 10], ), self.compute)
      else:
        pass
      x = (self).residual(x, y, )
    else:
      x = (self).residual(x, y, )
      x, h, = (self).normed(x, w[o + 9], w[o + 10], )
    if torch.gt(self.experts[l], 0):
      y = (self).mixture(h, l, w, a, )
    else:
      y = (self).mlp(h, l, w, a, )
    if torch.gt(torch.numel(w[o + 15]), 0):
      y = (self).norm(y, w[o + 15], none, )
    else:
      pass
    return (self).residual(x, y, )

  # All layers on a row of prompts: the residual stream before the last norm, [N, H].
  def trunk(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      branch: Tensor,
      items: List[int],
      own: List[Tensor],
      shared: List[Tensor],
      prefix: int) -> Tensor:
    x = (self).embed(w, a, ids, pos, )
    turns = (self).rotations(rope, pos, (self).lengths(pos, items, ), )
    biases = (self).biases(pos, items, prefix, )
    window = -1
    masks = annotate(List[Tensor], [])
    for l in range(self.layers):
      if torch.ne(self.windows[l], window):
        window = self.windows[l]
        masks = (self).masks(pos, branch, items, prefix, window, )
      else:
        pass
      o = 6 + 16 * l
      x, h, = (self).normed(x, w[o], w[o + 1], )
      q, k, v, = (self).qkv(h, l, w, a, turns, )
      y = (self).attend_all(q, k, v, (self).sink(l, w, ), l, items, masks, biases, own, shared, prefix, )
      x = (self).after_attention(x, h, y, l, w, a, )
    return x

  # What the head reads of the residual stream.
  def last(self: __torch__.Decoder,
      x: Tensor,
      w: List[Tensor],
      a: List[Tensor]) -> Tensor:
    h = (self).norm(x, w[2], w[3], )
    out = torch.len(w) - 1
    if torch.gt(torch.numel(w[out]), 0):
      h = (self).project(h, w[out], torch.slice(w[out], 0, 0, 0), a, torch.len(a) - 4, )
    else:
      pass
    return h

  # Logits of the vocabulary entries from..to for final hidden states h [R, H], float32.
  def logits_of(self: __torch__.Decoder,
      h: Tensor,
      w: List[Tensor],
      a: List[Tensor],
      start: int,
      end: int) -> Tensor:
    y = (self).widened(h, torch.slice(w[4], 0, start, end), torch.slice(h, 0, 0, 0), )
    if torch.gt(torch.len(a), 0):
      if torch.gt(torch.numel(a[3]), 0):
        inner = (self).taken(torch.linear(h, a[3]), a, )
        y = torch.add_(y, torch.linear(inner, torch.slice(a[4], 0, start, end)))
      else:
        pass
      if torch.gt(torch.numel(a[5]), 0):
        y = torch.mul_(y, torch.slice(a[5], 0, start, end))
      else:
        pass
    else:
      pass
    if torch.gt(torch.numel(w[5]), 0):
      y = torch.add_(y, torch.slice(w[5], 0, start, end))
    else:
      pass
    if torch.ne(self.logit_scale, 1.):
      y = torch.mul_(y, self.logit_scale)
    else:
      pass
    if torch.gt(self.logit_cap, 0.):
      y = torch.mul_(torch.tanh_(torch.div_(y, self.logit_cap)), self.logit_cap)
    else:
      pass
    return y

  # Indexes in the vocabulary of the largest logits so far [R], when a stretch of it from "start" on is taken in, of
  # which "high" are the largest [R] and "top" those before it. Few rows find theirs there, and only they are searched.
  def leading(self: __torch__.Decoder,
      logits: Tensor,
      high: Tensor,
      top: Tensor,
      index: Tensor,
      start: int) -> Tensor:
    rows = torch.squeeze(torch.nonzero(torch.gt(high, top)), 1)
    found = torch.argmax(torch.index_select(logits, 0, rows), 1)
    return torch.index_copy(index, 0, rows, torch.to(torch.add(found, start), ops.prim.dtype(index)))

  # Log-probabilities of targets [M], read at the rows "at" [M] of h [R, H], and the most likely token of each
  # row [R]. The vocabulary is walked in chunks, so that memory does not grow with rows times vocabulary; they are
  # no power of two long, as such rows would compete for the same lines of the processor's cache.
  def likelihoods(self: __torch__.Decoder,
      h: Tensor,
      w: List[Tensor],
      a: List[Tensor],
      at: Tensor,
      targets: Tensor) -> Tuple[Tensor, Tensor]:
    R = torch.size(h, 0)
    V = torch.size(w[4], 0)
    chunk = ops.prim.max(1024, torch.floordiv(1048576, ops.prim.max(R, 1)))
    chunk = torch.floordiv(chunk, 64) * 64 + 16
    total = torch.full([R], -float("inf"), dtype=6, device=ops.prim.device(h))
    best = torch.full_like(total, -float("inf"))
    arg = torch.zeros([R], dtype=4, device=ops.prim.device(h))
    chosen = torch.zeros([torch.size(targets, 0)], dtype=6, device=ops.prim.device(h))
    start = 0
    while torch.lt(start, V):
      end = ops.prim.min(start + chunk, V)
      y = (self).logits_of(h, w, a, start, end, )
      top = torch.amax(y, [1])
      arg = (self).leading(y, top, best, arg, start, )
      best = torch.maximum(top, best)
      inside = torch.__and__(torch.ge(targets, start), torch.lt(targets, end))
      column = torch.clamp(torch.sub(targets, start), 0, end - start - 1)
      chosen = torch.where(inside, torch.index(y, [at, column]), chosen)
      share = torch.amax(torch.softmax(y, 1), [1])
      total = torch.logaddexp(total, torch.sub(top, torch.log(share)))
      start = end
    return (torch.sub(chosen, torch.index_select(total, 0, at)), arg)

  # The next token of each row of logits [B, V]; -1 where they are not numbers. Greedy if the temperature is
  # 0; else the first token at which the mass of the nucleus reaches the row's draw in [0, 1).
  def pick(self: __torch__.Decoder,
      logits: Tensor,
      draws: Tensor,
      temperature: float,
      top_p: float) -> Tensor:
    top, token, = torch.max(logits, 1)
    if torch.gt(temperature, 0.):
      p = torch.softmax(torch.div(torch.sub(logits, torch.unsqueeze(top, 1)), temperature), 1)
      order = torch.unsqueeze(token, 1)
      if torch.lt(top_p, 1.):
        p, order, = torch.sort(p, 1, True)
        mass = torch.sub(torch.cumsum(p, 1), p)
        p = torch.masked_fill(p, torch.ge(mass, top_p), 0.)
      else:
        pass
      mass = torch.cumsum(p, 1)
      goal = torch.mul(torch.unsqueeze(draws, 1), torch.slice(mass, 1, -1))
      index = torch.sum(torch.le(mass, goal), [1], True)
      last = torch.argmax(mass, 1, True)
      index = torch.minimum(index, last)
      if torch.lt(top_p, 1.):
        index = torch.gather(order, 1, index)
      else:
        pass
      token = torch.squeeze(index, 1)
    else:
      pass
    return torch.where(torch.isfinite(top), token, torch.full_like(token, -1))

  # Logits [B, V] under a repetition penalty: those of tokens that a row has are divided by it, or multiplied if
  # they are below 0 (Keskar et al. 2019, as in transformers).
  def penalised(self: __torch__.Decoder,
      logits: Tensor,
      own: List[Tensor],
      penalty: float) -> Tensor:
    if torch.ne(penalty, 1.):
      less = torch.where(torch.lt(logits, 0.), torch.mul(logits, penalty), torch.div(logits, penalty))
      logits = torch.where(own[-1], less, logits)
    else:
      pass
    return logits

  # Notes the tokens that rows took [B] under a repetition penalty; -1 for none.
  def note(self: __torch__.Decoder,
      own: List[Tensor],
      token: Tensor,
      penalty: float) -> int:
    if torch.ne(penalty, 1.):
      _0 = torch.scatter_(own[-1], 1, torch.unsqueeze(torch.clamp_min(token, 0), 1), 1)
    else:
      pass
    return 0

  # Attention of one new token per row, q [B, Q, D], on its row of keys [B, K, S, D] and on a shared prefix;
  # columns before "first" [B] are padding -> [B, Q * D].
  def attend_step(self: __torch__.Decoder,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      mask: Tensor,
      sink: Tensor,
      shared: List[Tensor],
      l: int,
      prefix: int,
      prefix_mask: Tensor) -> Tensor:
    B = torch.size(q, 0)
    K = self.kv_heads
    D = self.head_dim
    G = torch.floordiv(self.heads, K)
    q4 = torch.view(q, [B, K, G, D])
    if torch.__and__(torch.eq(prefix, 0), torch.__not__((self).by_hand())):
      r = torch.scaled_dot_product_attention(q4, k, v, torch.expand(mask, [B, K, G, -1]), 0., False, scale=self.attention_scale)
    else:
      s = torch.add((self).products(q4, k, ), mask)
      if torch.gt(prefix, 0):
        kp = torch.slice(torch.select(shared[2 * l], 0, 0), 1, 0, prefix)
        vp = torch.slice(torch.select(shared[2 * l + 1], 0, 0), 1, 0, prefix)
        qp = torch.reshape(torch.transpose(q4, 0, 1), [K, B * G, D])
        sp = torch.view((self).products(qp, kp, ), [K, B, G, -1])
        sp = torch.add(torch.transpose(sp, 0, 1), prefix_mask)
        s = torch.cat([sp, s], 3)
      else:
        vp = v
      p = torch.to((self).shares(s, torch.reshape(sink, [1, K, -1, 1]), ), self.compute)
      r = torch.matmul(torch.slice(p, 3, prefix), v)
      if torch.gt(prefix, 0):
        pp = torch.reshape(torch.transpose(torch.slice(p, 3, 0, prefix), 0, 1), [K, B * G, -1])
        rp = torch.transpose(torch.view(torch.matmul(pp, vp), [K, B, G, D]), 0, 1)
        r = torch.add(r, rp)
      else:
        pass
    return torch.reshape(r, [B, -1])

  # One step of all rows: logits of the next token [B, V]. "column" is where the new keys go.
  def step(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      first: Tensor,
      own: List[Tensor],
      column: int,
      shared: List[Tensor],
      prefix: int) -> Tensor:
    x = (self).embed(w, a, ids, pos, )
    turns = (self).rotations(rope, pos, torch.add(pos, 1), )
    window = -1
    columns = torch.unsqueeze(torch.arange(column + 1, dtype=4, device=ops.prim.device(ids)), 0)
    kpos = torch.add(torch.sub(columns, torch.unsqueeze(first, 1)), prefix)
    ppos = torch.unsqueeze(torch.arange(prefix, dtype=4, device=ops.prim.device(ids)), 0)
    mask = torch.zeros([0], dtype=6)
    pmask = torch.zeros([0], dtype=6)
    for l in range(self.layers):
      if torch.ne(self.windows[l], window):
        window = self.windows[l]
        hidden = torch.lt(columns, torch.unsqueeze(first, 1))
        phidden = torch.lt(ppos, torch.zeros_like(torch.unsqueeze(first, 1)))
        if torch.gt(window, 0):
          seen = torch.unsqueeze(torch.sub(pos, window), 1)
          hidden = torch.__or__(hidden, torch.le(kpos, seen))
          phidden = torch.__or__(phidden, torch.le(ppos, seen))
        else:
          pass
        mask = torch.masked_fill(torch.zeros_like(hidden, dtype=6), hidden, -float("inf"))
        mask = torch.to(torch.unsqueeze(torch.unsqueeze(mask, 1), 1), self.compute)
        pmask = torch.masked_fill(torch.zeros_like(phidden, dtype=6), phidden, -float("inf"))
        pmask = torch.unsqueeze(torch.unsqueeze(pmask, 1), 1)
        if torch.gt(torch.len(self.slopes), 0):
          mask = torch.to(torch.add(mask, (self).alibi(kpos, )), self.compute)
          pmask = torch.add(pmask, (self).alibi(ppos, ))
        else:
          pass
      else:
        pass
      o = 6 + 16 * l
      x, h, = (self).normed(x, w[o], w[o + 1], )
      q, k, v, = (self).qkv(h, l, w, a, turns, )
      _0 = torch.copy_(torch.select(own[2 * l], 2, column), k)
      _1 = torch.copy_(torch.select(own[2 * l + 1], 2, column), v)
      ks = torch.slice(own[2 * l], 2, 0, column + 1)
      vs = torch.slice(own[2 * l + 1], 2, 0, column + 1)
      y = (self).attend_step(q, ks, vs, mask, (self).sink(l, w, ), shared, l, prefix, pmask, )
      x = (self).after_attention(x, h, y, l, w, a, )
    return (self).logits_of((self).last(x, w, a, ), w, a, 0, torch.size(w[4], 0), )

  # ---- Entry points ------------------------------------------------------------------------------

  # An empty weight of the given shape, in the type that weights are stored in or in float32.
  def weight(self: __torch__.Decoder,
      shape: List[int],
      narrow: bool,
      like: Tensor) -> Tensor:
    if narrow:
      t = torch.empty(shape, dtype=self.stored, device=ops.prim.device(like))
    else:
      t = torch.empty(shape, dtype=6, device=ops.prim.device(like))
    return t

  # A weight in the layout that this processor multiplies by, which can be multiplied by only.
  def pack(self: __torch__.Decoder,
      weight: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(weight, None)

  # Copies float32 values into rows of a weight: they are seen in "shape", of which entries from..to of the
  # second dimension are taken, turned to "order", cut into rows.
  def place(self: __torch__.Decoder,
      weight: Tensor,
      row: int,
      values: Tensor,
      shape: List[int],
      order: List[int],
      start: int,
      end: int,
      plus: float) -> int:
    turned = torch.permute(torch.slice(torch.view(values, shape), 1, start, end), order)
    if torch.eq(torch.dim(weight), 1):
      rows = torch.reshape(turned, [-1])
    else:
      rows = torch.reshape(turned, [-1, torch.size(weight, 1)])
    n = torch.size(rows, 0)
    target = torch.slice(weight, 0, row, row + n)
    _0 = torch.copy_(target, rows)
    if torch.ne(plus, 0.):
      _1 = torch.add_(target, plus)
    else:
      pass
    return n

  # Room for keys and values: two tensors per layer, [rows, K, columns, D]. Zeros, as a masked column still
  # takes part in sums and what memory holds by chance may not be a number.
  def allocate(self: __torch__.Decoder,
      rows: int,
      columns: int,
      like: Tensor) -> List[Tensor]:
    result = annotate(List[Tensor], [])
    for l in range(2 * self.layers):
      t = torch.zeros([rows, self.kv_heads, columns, self.head_dim], dtype=self.compute, device=ops.prim.device(like))
      _0 = torch.append(result, t)
    return result

  # Keys and values with a note of which tokens each row has: ids [N], each in the row of the same index [N].
  def noting(self: __torch__.Decoder,
      w: List[Tensor],
      own: List[Tensor],
      rows: Tensor,
      ids: Tensor) -> List[Tensor]:
    V = torch.size(w[4], 0)
    seen = torch.zeros([torch.size(own[0], 0), V], dtype=11, device=ops.prim.device(ids))
    flat = torch.view(seen, [-1])
    _0 = torch.index_fill_(flat, 0, torch.add(torch.mul(rows, V), ids), 1)
    result = torch.slice(own, 0, torch.len(own), 1)
    _1 = torch.append(result, seen)
    return result

  # Keeps some of the rows of keys and values.
  def keep(self: __torch__.Decoder,
      own: List[Tensor],
      rows: Tensor) -> List[Tensor]:
    result = annotate(List[Tensor], [])
    for i in range(torch.len(own)):
      _0 = torch.append(result, torch.index_select(own[i], 0, rows))
    return result

  # Norms of the rows of W + B A, of which a weight-decomposed adapter learned the magnitudes [O]. W begins at a
  # row of the weight.
  def row_norms(self: __torch__.Decoder,
      weight: Tensor,
      row: int,
      down: Tensor,
      up: Tensor) -> Tensor:
    if ops.prim.is_mkldnn(weight):
      weight = torch.to_dense(weight)
    else:
      pass
    part = torch.slice(weight, 0, row, row + torch.size(up, 0))
    sum = torch.add(torch.to(part, 6), torch.matmul(torch.to(up, 6), torch.to(down, 6)))
    return torch.sqrt(torch.sum(torch.mul(sum, sum), [1]))

  # The same of the columns of an embedding W + A B.
  def column_norms(self: __torch__.Decoder,
      weight: Tensor,
      down: Tensor,
      up: Tensor) -> Tensor:
    sum = torch.add(torch.to(weight, 6), torch.linear(torch.to(down, 6), torch.to(up, 6)))
    return torch.sqrt(torch.sum(torch.mul(sum, sum), [0]))

  # A copy of a vector with values, times a number, added from an index on.
  def raised(self: __torch__.Decoder,
      vector: Tensor,
      start: int,
      values: Tensor,
      factor: float) -> Tensor:
    result = torch.clone(vector)
    part = torch.slice(result, 0, start, start + torch.size(values, 0))
    _0 = torch.add_(part, values, alpha=factor)
    return result

  # Matrices side by side along a dimension, each filled up with zeros to the same size there.
  def beside(self: __torch__.Decoder,
      parts: List[Tensor],
      dim: int,
      size: int) -> Tensor:
    result = annotate(List[Tensor], [])
    for i in range(torch.len(parts)):
      t = parts[i]
      missing = size - torch.size(t, dim)
      if torch.eq(dim, 0):
        zeros = torch.zeros([missing, torch.size(t, 1)], dtype=ops.prim.dtype(t), device=ops.prim.device(t))
      else:
        zeros = torch.zeros([torch.size(t, 0), missing], dtype=ops.prim.dtype(t), device=ops.prim.device(t))
      _0 = torch.append(result, torch.cat([t, zeros], dim))
    return torch.cat(result, dim)

  # A tensor times a number.
  def times(self: __torch__.Decoder,
      tensor: Tensor,
      factor: float) -> Tensor:
    return torch.mul(tensor, factor)

  # Powers of a base.
  def powers(self: __torch__.Decoder,
      base: float,
      exponents: Tensor) -> Tensor:
    return torch.pow(base, exponents)

  # Fills "own" with the keys and values of prompts.
  def prefill(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      items: List[int],
      own: List[Tensor],
      shared: List[Tensor],
      prefix: int) -> int:
    x = (self).trunk(w, a, rope, ids, pos, torch.zeros_like(pos), items, own, shared, prefix, )
    return torch.size(x, 0)

  # Log-probabilities of targets [M] at the tokens rows[at[M]] and the most likely token at each of rows [R].
  def score(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      branch: Tensor,
      items: List[int],
      shared: List[Tensor],
      prefix: int,
      rows: Tensor,
      at: Tensor,
      targets: Tensor) -> Tuple[Tensor, Tensor]:
    own = annotate(List[Tensor], [])
    x = (self).trunk(w, a, rope, ids, pos, branch, items, own, shared, prefix, )
    a = (self).adapter_of(a, 0, torch.len(a) - 1, rows, )
    h = (self).last(torch.index_select(x, 0, rows), w, a, )
    return (self).likelihoods(h, w, a, at, targets, )

  # Logits of the given rows of one prompt, after what "score" gives for all of its tokens.
  def inspect(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      items: List[int],
      at: Tensor,
      targets: Tensor,
      rows: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    none = annotate(List[Tensor], [])
    x = (self).trunk(w, a, rope, ids, pos, torch.zeros_like(pos), items, none, none, 0, )
    h = (self).last(x, w, a, )
    p, arg, = (self).likelihoods(h, w, a, at, targets, )
    y = (self).logits_of(torch.index_select(h, 0, rows), w, a, 0, torch.size(w[4], 0), )
    return (p, arg, y)

  # Normed final hidden states of the given rows [R, H] of one prompt, float32.
  def hidden(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      items: List[int],
      rows: Tensor) -> Tensor:
    none = annotate(List[Tensor], [])
    x = (self).trunk(w, a, rope, ids, pos, torch.zeros_like(pos), items, none, none, 0, )
    return (self).last(torch.index_select(x, 0, rows), w, a, )

  # Logits of the vocabulary entries from..to for hidden states [R, H].
  def logits(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      h: Tensor,
      start: int,
      end: int) -> Tensor:
    return (self).logits_of(h, w, a, start, end, )

  # Logarithms of the sums of exponentials [R], float64, of logits with the largest "high" [R], from their softmax.
  def log_sum(self: __torch__.Decoder,
      high: Tensor,
      p: Tensor) -> Tensor:
    return torch.sub(torch.to(high, 7), torch.log(torch.to(torch.amax(p, [1]), 7)))

  # Takes in another stretch of the vocabulary, from "start" on: logits of base and tuned model [R, C].
  # "state" [9, R], float64, walks with it: largest logit, sum of exponentials beside it and its index of the
  # base and of the tuned model; sum of exp(base) (base - tuned); logits of the targets [R] of both.
  def compare(self: __torch__.Decoder,
      state: Tensor,
      base: Tensor,
      tuned: Tensor,
      targets: Tensor,
      start: int) -> Tensor:
    rows = annotate(List[Tensor], [])
    top = torch.select(state, 0, 0)
    high = torch.amax(base, [1])
    m = torch.maximum(top, high)
    shrink = torch.exp(torch.sub(top, m))
    p = torch.softmax(base, 1)
    z = torch.exp(torch.sub((self).log_sum(high, p, ), m))
    _0 = torch.append(rows, m)
    _1 = torch.append(rows, torch.add(torch.mul(torch.select(state, 0, 1), shrink), z))
    _2 = torch.append(rows, (self).leading(base, high, top, torch.select(state, 0, 2), start, ))
    top2 = torch.select(state, 0, 3)
    high2 = torch.amax(tuned, [1])
    m2 = torch.maximum(top2, high2)
    z2 = torch.exp(torch.sub((self).log_sum(high2, torch.softmax(tuned, 1), ), m2))
    _3 = torch.append(rows, m2)
    _4 = torch.append(rows, torch.add(torch.mul(torch.select(state, 0, 4), torch.exp(torch.sub(top2, m2))), z2))
    _5 = torch.append(rows, (self).leading(tuned, high2, top2, torch.select(state, 0, 5), start, ))
    gap = torch.sum(torch.mul_(p, torch.sub(base, tuned)), [1])
    _6 = torch.append(rows, torch.add(torch.mul(torch.select(state, 0, 6), shrink), torch.mul(gap, z)))
    size = torch.size(base, 1)
    inside = torch.__and__(torch.ge(targets, start), torch.lt(targets, start + size))
    column = torch.unsqueeze(torch.clamp(torch.sub(targets, start), 0, size - 1), 1)
    hit = torch.to(torch.squeeze(torch.gather(base, 1, column), 1), 7)
    _7 = torch.append(rows, torch.where(inside, hit, torch.select(state, 0, 7)))
    hit2 = torch.to(torch.squeeze(torch.gather(tuned, 1, column), 1), 7)
    _8 = torch.append(rows, torch.where(inside, hit2, torch.select(state, 0, 8)))
    return torch.stack(rows, 0)

  # Prefills prompts into "own" and picks the first new token of each, read at rows [B] -> [B].
  def begin(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      items: List[int],
      own: List[Tensor],
      shared: List[Tensor],
      prefix: int,
      rows: Tensor,
      draws: Tensor,
      temperature: float,
      top_p: float,
      penalty: float) -> Tensor:
    x = (self).trunk(w, a, rope, ids, pos, torch.zeros_like(pos), items, own, shared, prefix, )
    a = (self).adapter_of(a, 0, torch.len(a) - 1, rows, )
    h = (self).last(torch.index_select(x, 0, rows), w, a, )
    y = (self).penalised((self).logits_of(h, w, a, 0, torch.size(w[4], 0), ), own, penalty, )
    token = (self).pick(y, draws, temperature, top_p, )
    _0 = (self).note(own, token, penalty, )
    return token

  # Continues rows for up to "steps" tokens from the last token of each, ids [B] at pos [B], whose keys go to
  # "column". Returns early once a quarter of the rows, or none to go on with, has come to an end token (a token
  # of a row that had ended before is -2) -> [B, steps done].
  def advance(self: __torch__.Decoder,
      w: List[Tensor],
      a: List[Tensor],
      rope: List[Tensor],
      ids: Tensor,
      pos: Tensor,
      first: Tensor,
      own: List[Tensor],
      column: int,
      shared: List[Tensor],
      prefix: int,
      ends: Tensor,
      steps: int,
      draws: Tensor,
      temperature: float,
      top_p: float,
      penalty: float) -> Tensor:
    B = torch.size(ids, 0)
    done = torch.zeros([B], dtype=11, device=ops.prim.device(ids))
    out = annotate(List[Tensor], [])
    more = True
    i = 0
    while more:
      y = (self).step(w, a, rope, ids, torch.add(pos, i), first, own, column + i, shared, prefix, )
      y = (self).penalised(y, own, penalty, )
      token = (self).pick(y, torch.select(draws, 1, i), temperature, top_p, )
      _1 = (self).note(own, token, penalty, )
      ended = torch.any(torch.eq(torch.unsqueeze(token, 1), ends), 1)
      ended = torch.__or__(ended, torch.lt(token, 0))
      _0 = torch.append(out, torch.where(done, torch.full_like(token, -2), token))
      done = torch.__or__(done, ended)
      ids = torch.clamp_min(token, 0)
      i = torch.add(i, 1)
      count = int(torch.sum(done))
      more = torch.__and__(torch.lt(i, steps), torch.lt(4 * count, B))
    return torch.stack(out, 1)
