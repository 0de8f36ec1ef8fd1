"""The measurements of tools/compare-training-curve, which describes them and starts this script.

PyTorch runs in a separate process: this script with --peer, with the model and the batches of training_speed.py.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile

from training_speed import BATCH_TOKENS, BOS, PAD, PRESETS, THREADS
from training_speed import batches, build_vocabulary, encoded, make_model, padded, text

RATE, WARM_UP, SMOOTHING = 5e-3, 2000, 0.98


class SmoothedLoss:
    """The moving average of the losses of single updates."""

    def __init__(self):
        self.value = 0.0

    def add(self, loss):
        self.value = SMOOTHING * self.value + (1 - SMOOTHING) * loss


def ours(a, vocabulary, work):
    """Smoothed training loss and validation perplexity after the given numbers of updates."""
    dropout, model = PRESETS["tiny"][4], os.path.join(work, "model")
    command = [os.path.join(a.bin, "train-translation"), "--vocab", vocabulary, "--model", model, "--overwrite"]
    for part, option in (("train", "--train"), ("val", "--valid")):
        command += [f"{option}-source", text(a.folder, part, "en"), f"{option}-target", text(a.folder, part, "de")]
    # nn.Transformer drops attention weights and activations as well.
    command += ["--preset", "tiny", "--attention-dropout", f"{dropout}", "--activation-dropout", f"{dropout}"]
    command += ["--copy-unknowns", "0", "--average-decay", "0", "--batch-tokens", f"{BATCH_TOKENS}"]
    command += ["--learning-rate", f"{RATE}", "--warmup", f"{WARM_UP}", "--warmup-from", "0", "--seed", f"{a.seed}"]
    command += ["--threads", f"{a.threads}", "--max-updates", f"{a.updates[-1]}", "--log-every", "1"]
    command += ["--validate-every", f"{math.gcd(*a.updates)}", "--best-by", "perplexity", "--patience", "0"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    smoothed, points = SmoothedLoss(), {}
    with open(os.path.join(model, "train.jsonl")) as log:
        for line in map(json.loads, log):
            update = line["update"]
            if "loss" in line:
                smoothed.add(line["loss"])
            if "valid_perplexity" in line and update in a.updates:
                points[update] = [smoothed.value, line["valid_perplexity"]]
    return points


def torchs(a, vocabulary):
    command = [sys.executable, __file__, a.folder, "--peer", "--vocabulary", vocabulary, "--seed", f"{a.seed}"]
    command += ["--updates", ",".join(map(str, a.updates)), "--threads", f"{a.threads}"]
    environment = {**os.environ, "OMP_NUM_THREADS": f"{a.threads}"}
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return {int(update): point for update, point in json.loads(run.stdout.splitlines()[-1]).items()}


def peer(a):
    import torch

    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    pairs, words = encoded(a.folder, a.vocabulary)
    valid, _ = encoded(a.folder, a.vocabulary, part="val")
    model = make_model(torch, words, *PRESETS["tiny"])
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, betas=(0.9, 0.98), eps=1e-9, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda update: min((update + 1) / WARM_UP, (WARM_UP / (update + 1)) ** 0.5)
    )

    def tensors(pairs, batch):
        source, target = (padded(torch, [pairs[i][side] for i in batch]) for side in (0, 1))
        return source, torch.cat([torch.full((len(batch), 1), BOS), target[:, :-1]], 1), target

    def perplexity():
        model.eval()
        loss = tokens = 0
        with torch.no_grad():
            for batch in batches(valid):
                source, shifted, target = tensors(valid, batch)
                count = int((target != PAD).sum())
                loss += model(source, shifted, target, smoothing=0).item() * count
                tokens += count
        model.train()
        return math.exp(loss / tokens)

    smoothed, points, update = SmoothedLoss(), {}, 0
    while update < a.updates[-1]:
        for batch in batches(pairs):
            loss = model(*tensors(pairs, batch))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            smoothed.add(loss.item())
            update += 1
            if update in a.updates:
                # The order of the batches is drawn from `random`; validation must not change it.
                state = random.getstate()
                points[update] = [smoothed.value, perplexity()]
                random.setstate(state)
            if update == a.updates[-1]:
                break
    print(json.dumps(points))


def compare(a):
    with tempfile.TemporaryDirectory() as work:
        vocabulary = os.path.join(work, "vocabulary")
        build_vocabulary(a.bin, a.folder, vocabulary)
        mine, peers = ours(a, vocabulary, work), torchs(a, vocabulary)
    print("| updates | training loss: ours | PyTorch | difference | validation perplexity: ours | PyTorch | difference |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for update in a.updates:
        cells = [f"{update:,}"]
        for own, other in zip(mine[update], peers[update]):
            cells += [f"{own:.3f}", f"{other:.3f}", f"{100 * (own / other - 1):+.1f} %"]
        print(f"| {' | '.join(cells)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--bin", help="folder of the commands")
    parser.add_argument("--updates", default="500,1000,2000", type=lambda text: [int(n) for n in text.split(",")])
    parser.add_argument("--seed", default=1, type=int)
    parser.add_argument("--threads", default=THREADS, type=int)
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--vocabulary", help=argparse.SUPPRESS)
    a = parser.parse_args()
    peer(a) if a.peer else compare(a)


if __name__ == "__main__":
    main()
