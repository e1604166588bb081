"""The cross-encoder's adapters: trained on pairs of the mini-stories, never on the stories; `make model-cross-encoder` writes their file.

Low-rank adapters (LoRA: Hu et al. 2022) in the upper eight layers of all-mpnet-base-v2, with two heads: whether the sentence tells of the
commitment, and what it says then. Beside them lies how large the inputs of each layer grow (`language.encoder_making`). Some half an hour on
two cores that multiply in bfloat16, hours on others. PyTorch is needed here and nowhere else: `.venv/bin/pip install torch`.
"""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

try:
    import torch
    from safetensors.torch import load, save_file
    from torch import nn
    from torch.nn import functional
except ModuleNotFoundError as missing:
    raise SystemExit(f"training: {missing.name} is not installed; run `.venv/bin/pip install torch`") from None
from mini_stories import as_compared, load_mini_stories
from tokenizers import Tokenizer

from handslag.following.linking import meaning
from handslag.following.results import SAYS
from handslag.language.cross_encoder import distances, joined_tokens
from handslag.language.published_encoder import published_tokenizer, published_weights

ADAPTERS: Final = Path(meaning.__file__).parent / meaning.ADAPTERS_FILE
LAYERS, FIRST, HEADS, WIDTH, FIRST_PLACE, NO_TOKEN = 12, 4, 12, 768, 2, 1
RANK, SCALE, DROPPED = 16, 2.0, 0.1
RATE: Final = 8e-4
# For each pair that is evidence so many that are none, others in each epoch.
EPOCHS, TOGETHER, WARM_UP, SAYS_WEIGHT, NEGATIVES = 2, 40, 0.06, 0.5, 1.1
# So many pairs tell how large the inputs of a layer grow.
TOLD_BY: Final = 1000
HALF: Final = torch.bfloat16
LINEAR: Final = {
    "q": "attention.attn.q",
    "k": "attention.attn.k",
    "v": "attention.attn.v",
    "o": "attention.attn.o",
    "i": "intermediate.dense",
    "d": "output.dense",
}
# The input of q is that of k and v, too.
LARGEST: Final = {"q": "attention.attn", "o": "attention.attn.o", "i": "intermediate.dense", "d": "output.dense"}
NORMS: Final = {"n1": "attention.LayerNorm", "n2": "output.LayerNorm"}
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


class Pair(NamedTuple):
    """A commitment and a sentence as tokens; `says` is the number of what it says, -1 where it is no evidence."""

    first: list[int]
    second: list[int]
    says: int


class Linear(nn.Module):
    """A linear layer that stays as it is, and what is learned beside it, if something is."""

    def __init__(self, weights: Mapping[str, Any], name: str, *, is_adapted: bool) -> None:
        super().__init__()
        weight = weights[name + ".weight"]
        self.frozen = weight.to(HALF), weights[name + ".bias"].to(HALF)
        self.is_adapted = is_adapted
        self.largest: Any = None
        if is_adapted:
            self.a = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
            self.b = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, state: Any) -> Any:
        """The layer's output."""
        if not self.training:
            largest = state.abs().amax((0, 1)).float()
            self.largest = largest if self.largest is None else torch.maximum(self.largest, largest)
        found = functional.linear(state, *self.frozen)
        if not self.is_adapted:
            return found
        return found + SCALE * functional.linear(functional.linear(state, self.a.to(HALF)), self.b.to(HALF))


class Layer(nn.Module):
    """One layer of the network."""

    def __init__(self, weights: Mapping[str, Any], number: int) -> None:
        super().__init__()
        prefix = f"encoder.layer.{number}."
        for short, name in LINEAR.items():
            setattr(self, short, Linear(weights, prefix + name, is_adapted=number >= FIRST))
        for short, name in NORMS.items():
            norm = nn.LayerNorm(WIDTH, eps=1e-5)
            norm.load_state_dict({part: weights[f"{prefix}{name}.{part}"] for part in ("weight", "bias")})
            setattr(self, short, norm.requires_grad_(number >= FIRST))

    def forward(self, state: Any, near: Any) -> Any:
        """The state after this layer: (texts, tokens, 768); `near`: what is added to how much tokens look at others."""
        texts, length, _ = state.shape
        query, key, value = (
            part(state).view(texts, length, HEADS, -1).transpose(1, 2) for part in (self.q, self.k, self.v)
        )
        scores = torch.matmul(query, key.transpose(-1, -2)).float() / math.sqrt(query.shape[-1]) + near
        seen = torch.matmul(torch.softmax(scores, -1).to(HALF), value)
        state = self.n1((state + self.o(seen.transpose(1, 2).reshape(texts, length, WIDTH))).float()).to(HALF)
        return self.n2((state + self.d(functional.gelu(self.i(state)))).float()).to(HALF)


class Network(nn.Module):
    """The whole: scores of a batch of pairs, first whether, then what it says, (pairs, 7)."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        super().__init__()
        self.words = weights["embeddings.word_embeddings.weight"]
        self.places = weights["embeddings.position_embeddings.weight"][FIRST_PLACE:]
        self.norm = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self.near = weights["encoder.relative_attention_bias.weight"]
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(LAYERS))
        self.head = nn.Linear(WIDTH, 1 + len(SAYS))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, pairs: Sequence[Pair]) -> Any:
        """The scores."""
        longest = max(len(pair.first) + len(pair.second) for pair in pairs)
        tokens = torch.full((len(pairs), longest), NO_TOKEN)
        there = torch.zeros(len(pairs), longest)
        for row, pair in enumerate(pairs):
            both = pair.first + pair.second
            tokens[row, : len(both)] = torch.tensor(both)
            there[row, : len(both)] = 1
        near = self.near[torch.from_numpy(distances(longest))].permute(2, 0, 1)[None]
        near = near - 1e4 * (1 - there)[:, None, None, :]
        with torch.no_grad():
            state = functional.layer_norm(self.words[tokens] + self.places[:longest], (WIDTH,), *self.norm, 1e-5).to(HALF)  # fmt: skip
            for layer in self.layers[:FIRST]:
                state = layer(state, near)
        for layer in self.layers[FIRST:]:
            state = layer(state, near)
        mean = (state.float() * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        return self.head(self.drop(mean))


def pairs_of(tokenizer: Tokenizer) -> list[Pair]:
    """Each sentence of a mini-story beside each of its commitments."""
    random = np.random.default_rng(0)
    found = []
    for story in load_mini_stories():
        promised = [as_compared(c["text"]) for c in story["commitments"]]
        for text, _, numbers, says in story["heard"]:
            varied = _varied(as_compared(text), says if numbers else "", random)
            found += [
                Pair(*joined_tokens(tokenizer, first, varied), SAYS.index(says) if number in numbers else -1)
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
    many = int(NEGATIVES * len(evidence))
    steps = EPOCHS * math.ceil((len(evidence) + many) / TOGETHER)
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    step, total = 0, 0.0
    for _ in range(EPOCHS):
        chosen = [*evidence, *(others[k] for k in random.permutation(len(others))[:many])]
        for batch in _batches(chosen, random):
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, step / (WARM_UP * steps + 1)) * (1 - step / steps)
            loss = _loss(network(batch), batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            step, total = step + 1, total + loss.item()
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


def adapters_of(network: Network, pairs: Sequence[Pair]) -> dict[str, Any]:
    """What was learned, by the names that `handslag.language.encoder_making` reads, in half precision; `pairs` are read once more for how
    large the inputs of the layers grow.
    """
    network.eval()
    with torch.no_grad():
        for first in range(0, len(pairs), TOGETHER):
            network(pairs[first : first + TOGETHER])
    found = {"head.weight": network.head.weight, "head.bias": network.head.bias}
    for number, layer in enumerate(network.layers):
        prefix = f"encoder.layer.{number}."
        found |= {f"{prefix}{name}.largest": getattr(layer, short).largest for short, name in LARGEST.items()}
        if number < FIRST:
            continue
        for short, name in LINEAR.items():
            found[f"{prefix}{name}.lora_a"] = getattr(layer, short).a
            found[f"{prefix}{name}.lora_b"] = SCALE * getattr(layer, short).b
        for short, name in NORMS.items():
            norm = getattr(layer, short)
            found[f"{prefix}{name}.weight"], found[f"{prefix}{name}.bias"] = norm.weight, norm.bias
    return {name: value.detach().half().contiguous() for name, value in found.items()}


def main() -> int:
    begun = time.monotonic()
    torch.manual_seed(1)
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_str(published_tokenizer())
    tokenizer.no_padding()
    pairs = pairs_of(tokenizer)
    network = Network(load(published_weights()))
    train(network, pairs)
    chosen = np.random.default_rng(1).choice(len(pairs), TOLD_BY, replace=False)
    waiting = ADAPTERS.with_suffix(".new")
    save_file(adapters_of(network, [pairs[k] for k in chosen]), waiting)
    waiting.replace(ADAPTERS)
    print(f"{ADAPTERS.name}: {len(pairs)} pairs, {ADAPTERS.stat().st_size / 1e3:.0f} kB, {time.monotonic() - begun:.0f} s", file=sys.stderr)  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
