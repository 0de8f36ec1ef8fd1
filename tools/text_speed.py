"""The measurements of tools/compare-text-speed; that script says what they are."""

import argparse
import bisect
import importlib.util
import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time

MERGES = 10_000
THREADS = 2
SIDES = ("en", "de")


# ---- Texts ----


def tokenised(folder):
    return [os.path.join(folder, f"train.lc.norm.tok.{side}") for side in SIDES]


def raw(folder):
    return [os.path.join(folder, f"train.{side}") for side in SIDES]


def generate_text(paths, words, size, types=400_000, seed=1):
    """Writes a text of `size` bytes over several files: lines of 5 to 40 words.

    The words are the real ones by falling count, and behind them the first half of a real word joined to the
    second half of another until there are `types`; word number r stands with a probability that is
    proportional to 1 / (r + 2.7), Zipf's law as Mandelbrot put it.
    """
    chance = random.Random(seed)
    known = set(words)
    words = list(words)
    real = len(words)
    while len(words) < types:
        front, back = words[chance.randrange(real)], words[chance.randrange(real)]
        word = front[: (len(front) + 1) // 2 + chance.randrange(3)] + back[len(back) // 2 :]
        if word not in known:
            known.add(word)
            words.append(word)
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, types + 1)))
    for path in paths:
        written = 0
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            while written < size / len(paths):
                tokens = chance.choices(words, cum_weights=weights, k=20_000)
                lines, start = [], 0
                while start < len(tokens):
                    length = chance.randint(5, 40)
                    lines.append(" ".join(tokens[start : start + length]))
                    start += length
                piece = "\n".join(lines) + "\n"
                written += len(piece.encode())
                file.write(piece)


def words_by_count(paths):
    counts = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                for word in line.split():
                    counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))
