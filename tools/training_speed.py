"""The measurements of tools/compare-training-speed, which describes them and starts this script.

Each measurement is a separate process. PyTorch's is this script with --peer: nn.Transformer with tied embeddings,
label-smoothed cross-entropy and fused Adam, on padded batches with a token budget. Speed is target tokens per second,
excluding padding, after a few warm-up updates.
"""

import argparse
import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

THREADS = 2
BATCH_TOKENS = 4096
WARM_UP = 10
PAD, BOS, EOS = 0, 1, 2
# Size, inner size, heads, layers of encoder and of decoder, dropout.
PRESETS = {"tiny": (128, 256, 4, 4, 0.3), "base": (512, 2048, 8, 6, 0.1)}


# ---- Ours ----


def text(folder, part, side):
    return os.path.join(folder, f"{part}.lc.norm.tok.{side}")


def build_vocabulary(bin_path, folder, output):
    command = [os.path.join(bin_path, "build-vocab"), "--tokenizer", "whitespace", "--normalization", "none", "--span-tokens", "0"]
    command += ["--merges", "10000", "--source", text(folder, "train", "en"), "--target", text(folder, "train", "de")]
    subprocess.run(command + ["--output", output], check=True, stderr=subprocess.DEVNULL)


def ours(a, preset, precision, vocabulary, work, threads=THREADS):
    """Tokens per second and peak memory in bytes of a training that runs for some seconds."""
    model, short = os.path.join(work, "model"), [os.path.join(work, f"val.{side}") for side in ("en", "de")]
    for path, side in zip(short, ("en", "de")):
        with open(text(a.folder, "val", side), "rb") as source, open(path, "wb") as target:
            target.writelines(source.readlines()[:10])
    dropout = PRESETS[preset][4]
    command = ["time", "-f", "%M", os.path.join(a.bin, "train-translation"), "--vocab", vocabulary, "--overwrite"]
    command += ["--train-source", text(a.folder, "train", "en"), "--train-target", text(a.folder, "train", "de")]
    command += ["--valid-source", short[0], "--valid-target", short[1], "--model", model, "--preset", preset]
    # nn.Transformer drops attention weights and activations as well.
    command += ["--attention-dropout", f"{dropout}", "--activation-dropout", f"{dropout}", "--copy-unknowns", "0"]
    command += ["--batch-tokens", f"{BATCH_TOKENS}", "--threads", f"{threads}", "--precision", precision]
    command += ["--shards", f"{threads}", "--time-budget", f"{a.seconds}s", "--log-every", "1"]
    command += ["--validate-every", "1000000"]
    run = subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True)
    with open(os.path.join(model, "train.jsonl")) as log:
        lines = [line for line in map(json.loads, log) if "target_tokens_per_second" in line]
    # The first updates allocate memory.
    first, last = lines[min(2, len(lines) - 2)], lines[-1]
    tokens, seconds = (last[key] - first[key] for key in ("target_tokens", "seconds"))
    return tokens / seconds, int(run.stderr.split()[-1]) * 1024


# ---- PyTorch ----


def torchs(a, preset, precision, vocabulary, compiled):
    command = [sys.executable, __file__, a.folder, "--peer", "--vocabulary", vocabulary, "--presets", preset]
    command += ["--precisions", precision, "--seconds", f"{a.seconds}"] + (["--compile"] if compiled else [])
    environment = {**os.environ, "OMP_NUM_THREADS": f"{THREADS}"}
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return json.loads(run.stdout.splitlines()[-1])


def peer(a):
    import torch

    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    random.seed(1)
    pairs, words = encoded(a.folder, a.vocabulary)
    model = make_model(torch, words, *PRESETS[a.presets])
    step = torch.compile(model, dynamic=True) if a.compile else model
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, betas=(0.9, 0.98), eps=1e-9, fused=True)
    updates, tokens, began = 0, 0, None
    while True:
        for batch in batches(pairs):
            source, target = (padded(torch, [pairs[i][side] for i in batch]) for side in (0, 1))
            shifted = torch.cat([torch.full((len(batch), 1), BOS), target[:, :-1]], 1)
            with torch.autocast("cpu", torch.bfloat16, enabled=a.precisions == "bfloat16"):
                loss = step(source, shifted, target)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            updates += 1
            tokens += int((target != PAD).sum()) if began else 0
            # The compiler needs its own warm-up for shapes that it has not seen yet.
            if updates == (2 * WARM_UP if a.compile else WARM_UP):
                began = time.time()
            if began and time.time() - began > a.seconds:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
                return print(json.dumps([tokens / (time.time() - began), peak]))


def encoded(folder, vocabulary, part="train"):
    """Pairs as ids, segmented by subword-nmt with the same codes."""
    from subword_nmt.apply_bpe import BPE

    with open(os.path.join(vocabulary, "bpe.codes"), encoding="utf-8") as codes:
        bpe = BPE(codes)
    with open(os.path.join(vocabulary, "vocab.txt"), encoding="utf-8") as file:
        ids = {word: i for i, word in enumerate(file.read().split("\n"))}
    sides = []
    for side in ("en", "de"):
        with open(text(folder, part, side), encoding="utf-8") as file:
            sides.append([[ids.get(word, 3) for word in bpe.segment(line).split()] + [EOS] for line in file])
    return list(zip(*sides)), len(ids)


def batches(pairs):
    """Lists of pairs of similar lengths; pairs times the longest sentence is at most the budget."""
    order = list(range(len(pairs)))
    random.shuffle(order)
    order.sort(key=lambda i: (len(pairs[i][1]), len(pairs[i][0])))
    result, batch, width = [], [], 0
    for i in order:
        wider = max(width, *map(len, pairs[i]))
        if batch and wider * (len(batch) + 1) > BATCH_TOKENS:
            result.append(batch)
            batch, wider = [], max(map(len, pairs[i]))
        batch.append(i)
        width = wider
    result.append(batch)
    random.shuffle(result)
    return result


def padded(torch, sentences):
    width = max(map(len, sentences))
    return torch.tensor([sentence + [PAD] * (width - len(sentence)) for sentence in sentences])


def make_model(torch, words, size, inner, heads, layers, rate):
    nn, functional = torch.nn, torch.nn.functional

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.table = nn.Embedding(words, size, padding_idx=PAD)
            nn.init.normal_(self.table.weight, std=size**-0.5)
            self.layers = nn.Transformer(size, heads, layers, layers, inner, rate, "relu", batch_first=True)
            # The stacks of the paper do not end with a norm.
            self.layers.encoder.norm = self.layers.decoder.norm = None
            angles = torch.arange(512)[:, None] * torch.exp(torch.arange(0, size, 2) * -(math.log(1e4) / size))
            self.register_buffer("positions", torch.stack([angles.sin(), angles.cos()], 2).reshape(512, size))
            self.dropout = nn.Dropout(rate)

        def embed(self, ids):
            return self.dropout(self.table(ids) * math.sqrt(size) + self.positions[: ids.size(1)])

        def forward(self, source, shifted, target, smoothing=0.1):
            padding = torch.zeros(source.shape).masked_fill(source == PAD, -1e9)
            future = torch.triu(torch.full((shifted.size(1),) * 2, float("-inf")), 1)
            hidden = self.layers(
                self.embed(source), self.embed(shifted), tgt_mask=future, src_key_padding_mask=padding,
                memory_key_padding_mask=padding, tgt_is_causal=True)  # fmt: skip
            logits = (hidden @ self.table.weight.t()).float().view(-1, words)
            return functional.cross_entropy(logits, target.view(-1), ignore_index=PAD, label_smoothing=smoothing)

    return Model()


# ---- The table ----


def compare(a):
    with tempfile.TemporaryDirectory() as work:
        vocabulary = os.path.join(work, "vocabulary")
        build_vocabulary(a.bin, a.folder, vocabulary)
        print("| preset, precision | ours, tokens/s | PyTorch, tokens/s | ratio | ours, memory | PyTorch, memory |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |", flush=True)
        for preset in a.presets.split(","):
            for precision in a.precisions.split(","):
                mine, peers = [], []
                for _ in range(a.rounds):
                    mine.append(ours(a, preset, precision, vocabulary, work))
                    # The faster of PyTorch's two modes counts.
                    ways = [False, True] if a.compile else [False]
                    peers.append(max(torchs(a, preset, precision, vocabulary, way) for way in ways))
                (speed, memory), (peer_speed, peer_memory) = map(medians, (mine, peers))
                print(
                    f"| {preset}, {precision} | {speed:,.0f} | {peer_speed:,.0f} | {speed / peer_speed:.2f} "
                    f"| {memory / 1e9:.2f} GB | {peer_memory / 1e9:.2f} GB |", flush=True)  # fmt: skip
        for preset in a.presets.split(","):
            runs = [[ours(a, preset, "float32", vocabulary, work, n)[0] for n in (1, 2)] for _ in range(a.rounds)]
            one, two = (statistics.median(speeds) for speeds in zip(*runs))
            print(f"{preset}, float32: one thread {one:,.0f}, two {two:,.0f} tokens/s: {two / one:.2f} times")


def medians(results):
    return [statistics.median(values) for values in zip(*results)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--bin", help="folder of the commands")
    parser.add_argument("--presets", default="tiny,base")
    parser.add_argument("--precisions", default="float32,bfloat16")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--compile", action="store_true", help="measure PyTorch's compiler too")
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--vocabulary", help=argparse.SUPPRESS)
    a = parser.parse_args()
    peer(a) if a.peer else compare(a)


if __name__ == "__main__":
    main()
