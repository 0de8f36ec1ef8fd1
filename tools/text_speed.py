"""The measurements of tools/compare-text-speed, which describes them and starts this script.

Each measurement is a separate process. Ours are complete runs of the commands, except for encoding and tokenizing in
memory, which `benchmark` measures. A peer is this script with --peer: it reports the time of the peer's call alone, so
that the start of Python and its imports are not counted.
"""

import argparse
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
import time
from collections import namedtuple

MERGES = 10_000
THREADS = 2
SIDES = ("en", "de")
PEERS = {"tokenizers": "Hugging Face tokenizers", "sentencepiece": "SentencePiece", "subword_nmt": "subword-nmt"}

# Elapsed seconds, and processor seconds of all threads.
Time = namedtuple("Time", "wall processor")


# ---- Texts ----


def tokenized(folder):
    return [os.path.join(folder, f"train.lc.norm.tok.{side}") for side in SIDES]


def raw(folder, part="train"):
    return [os.path.join(folder, f"{part}.{side}") for side in SIDES]


def read_lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().removesuffix("\n").split("\n")


def size(paths):
    return sum(map(os.path.getsize, paths))


def words_by_count(paths):
    counts = {}
    for word in itertools.chain.from_iterable(line.split() for path in paths for line in read_lines(path)):
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def generate_text(paths, words, total, types=400_000, seed=1):
    """Writes a text of `total` bytes over several files, in lines of 5 to 40 words.

    Its words are the given ones by descending count, followed by combinations of the first half of one with the second
    half of another until there are `types`. Word number r has a probability proportional to 1 / (r + 2.7), the
    Zipf-Mandelbrot law.
    """
    chance = random.Random(seed)
    words, real, known = list(words), len(words), set(words)
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
            while written < total / len(paths):
                tokens = iter(chance.choices(words, cum_weights=weights, k=20_000))
                while line := " ".join(itertools.islice(tokens, chance.randint(5, 40))):
                    written += len(line.encode()) + 1
                    file.write(line + "\n")


def generate_pairs(paths, corpus, count, seed=1):
    """Writes `count` pairs: those of the corpus repeatedly, each time in a different order."""
    chance = random.Random(seed)
    sides = [read_lines(path) for path in corpus]
    order = []
    while len(order) < count:
        turn = list(range(len(sides[0])))
        chance.shuffle(turn)
        order += turn
    for path, lines in zip(paths, sides):
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines[index] + "\n" for index in order[:count])


# ---- Our side ----


def run(command):
    """The time of a command, which must succeed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return Time(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


class Ours:
    def __init__(self, folder, work):
        self.folder, self.work = folder, work

    def command(self, name):
        return os.path.join(self.folder, name)

    def learn(self, paths, vocabulary="vocabulary", *options):
        return run(
            [self.command("build-vocab"), "--source", paths[0], "--target", paths[1], "--merges", str(MERGES)]
            + ["--output", os.path.join(self.work, vocabulary), "--threads", str(THREADS), *options]
        )

    def learn_tokens(self, paths, vocabulary="vocabulary"):
        return self.learn(paths, vocabulary, "--tokenizer", "whitespace", "--normalization", "none")

    def benchmark(self, name, text):
        """The time of a round of `benchmark`, and the bytes of text in it."""
        report = os.path.join(self.work, "report.json")
        seconds = {}
        for clock in ("wall", "processor"):
            command = [self.command("benchmark"), "--only", name, "--text", text, "--threads", str(THREADS)]
            run(command + ["--clock", clock, "--json", report])
            with open(report, encoding="utf-8") as file:
                result = json.load(file)["results"][0]
            seconds[clock] = result["secondsPerRound"]
        rate = next(rate["perSecond"] for rate in result["rates"] if rate["unit"] == "bytes")
        # With its processor clock, benchmark divides by the number of threads.
        threads = THREADS if "all threads" in name else 1
        return Time(seconds["wall"], seconds["processor"] * threads), round(rate * seconds["processor"])

    def load(self, paths, valid, vocabulary):
        """The time of a training with one update, which validates on one pair and saves the model."""
        short = [os.path.join(self.work, f"valid.{side}") for side in SIDES]
        for path, whole in zip(short, valid):
            with open(path, "w", encoding="utf-8") as file:
                file.write(read_lines(whole)[0] + "\n")
        model = os.path.join(self.work, "model")
        return run(
            [self.command("train-translation"), "--vocab", os.path.join(self.work, vocabulary)]
            + ["--train-source", paths[0], "--train-target", paths[1], "--model", model, "--overwrite"]
            + ["--valid-source", short[0], "--valid-target", short[1], "--preset", "tiny", "--max-updates", "1"]
            + ["--threads", str(THREADS)]
        )


# ---- The peers, each call in a separate process ----


def timed(body):
    wall, processor = time.perf_counter(), time.process_time()
    body()
    return Time(time.perf_counter() - wall, time.process_time() - processor)


def characters(paths):
    """Symbols before any merge: each character, separately for the end of a word."""
    return 2 * len({character for path in paths for line in read_lines(path) for character in line})


def tokenizers_trainer(paths):
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(
        vocab_size=MERGES + characters(paths),
        min_frequency=2,
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    return tokenizer, lambda: tokenizer.train(paths, trainer)


def sentencepiece_trainer(paths):
    import sentencepiece

    # Like ours with `--normalization none`: characters are unchanged, and none are left out.
    prefix = os.path.join(tempfile.mkdtemp(dir=os.environ["WORK"]), "model")
    train = lambda: sentencepiece.SentencePieceTrainer.train(
        input=paths,
        model_prefix=prefix,
        model_type="bpe",
        vocab_size=MERGES + characters(paths) // 2,
        num_threads=THREADS,
        normalization_rule_name="identity",
        character_coverage=1.0,
        max_sentence_length=1 << 20,
        minloglevel=2,
    )
    return prefix, train


def learn_tokenizers(paths):
    return timed(tokenizers_trainer(paths)[1])


def learn_sentencepiece(paths):
    return timed(sentencepiece_trainer(paths)[1])


def learn_subword_nmt(paths):
    from subword_nmt.learn_bpe import learn_bpe

    lines = [line + "\n" for path in paths for line in read_lines(path)]
    with open(os.devnull, "w", encoding="utf-8") as output, open(os.devnull, "w") as sys.stderr:
        return timed(lambda: learn_bpe(lines, output, MERGES))


def encoder_of(peer, paths):
    """A function from lines to lists of ids, after learning from the files."""
    if peer == "tokenizers":
        tokenizer, train = tokenizers_trainer(paths)
        train()
        return lambda lines: [encoding.ids for encoding in tokenizer.encode_batch(lines)]
    prefix, train = sentencepiece_trainer(paths)
    train()
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=prefix + ".model")
    return lambda lines: processor.encode(lines, out_type=int, num_threads=THREADS)


def encode(peer, paths):
    """Encodes lines that are in memory: once to warm up, then the best of three."""
    encoder = encoder_of(peer, paths)
    lines = [line for path in paths for line in read_lines(path)]
    encoder(lines)
    return min(timed(lambda: encoder(lines)) for _ in range(3))


def load(peer, paths):
    """Reads and encodes a corpus (the last two paths) with a model learned from another."""
    encoder = encoder_of(peer, paths[2:])

    def whole():
        corpus = []
        for path in paths[:2]:
            lines = read_lines(path)
            for start in range(0, len(lines), 50_000):
                corpus += encoder(lines[start : start + 50_000])

    return timed(whole)


def peer_main(work, peer, *paths):
    if work == "learn":
        result = {
            "tokenizers": learn_tokenizers,
            "sentencepiece": learn_sentencepiece,
            "subword_nmt": learn_subword_nmt,
        }[peer](list(paths))
    else:
        result = {"encode": encode, "load": load}[work](peer, list(paths))
    print(json.dumps(result))


def ask_peer(work, peer, paths, folder):
    environment = dict(os.environ, RAYON_NUM_THREADS=str(THREADS), TOKENIZERS_PARALLELISM="true", WORK=folder)
    command = [sys.executable, __file__, "--peer", work, peer, *paths]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return Time(*json.loads(done.stdout.splitlines()[-1]))


# ---- The table ----


def median(times):
    return Time(*(statistics.median(column) for column in zip(*times)))


class Table:
    """Prints a row for each peer as soon as it is measured."""

    def __init__(self, rounds, work):
        self.rounds, self.work = rounds, work
        self.peers = [peer for peer in PEERS if importlib.util.find_spec(peer)]
        for peer in PEERS.keys() - self.peers:
            print(f"{PEERS[peer]} is left out; to have it: {sys.executable} -m pip install {peer.replace('_', '-')}")
        print("| what | ours | peer | ratio | processor time: ours | peer | ratio |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)

    def rows(self, what, ours, peer_work=None, paths=(), peers=(), amount=None, threads=THREADS):
        """Measures ours and all peers in turn; with `amount` in megabytes, prints rates instead of times.

        Rates by processor time assume that `threads` share that time evenly.
        """

        def cells(time):
            if amount is None:
                return f"{time.wall:.2f} s", f"{time.processor:.2f} s"
            return f"{amount / time.wall:.1f} MB/s", f"{amount * threads / time.processor:.1f} MB/s"

        peers = [peer for peer in peers if peer in self.peers]
        times = {peer: [] for peer in ["ours", *peers]}
        for _ in range(self.rounds):
            times["ours"].append(ours())
            for peer in peers:
                times[peer].append(ask_peer(peer_work, peer, paths, self.work))
        mine = median(times["ours"])
        if not peers:
            print(f"| {what} | {cells(mine)[0]} | | | {cells(mine)[1]} | | |", flush=True)
        for peer in peers:
            other = median(times[peer])
            row = [what, cells(mine)[0], f"{PEERS[peer]} {cells(other)[0]}", f"{other.wall / mine.wall:.1f} ×"]
            row += [cells(mine)[1], cells(other)[1], f"{other.processor / mine.processor:.1f} ×"]
            print(f"| {' | '.join(row)} |", flush=True)


def measure(arguments, work):
    ours = Ours(arguments.bin, work)
    table = Table(arguments.rounds, work)
    known = tokenized(arguments.folder)
    encoders = ["tokenizers", "sentencepiece"]

    def generated(name):
        return [os.path.join(work, f"{name}.{side}") for side in SIDES]

    if {"learn", "encode"} & arguments.only:
        large = generated("large")
        generate_text(large, words_by_count(known), arguments.megabytes * 1_000_000)
    if "learn" in arguments.only:
        for name, paths, peers in [("Multi30k", known, PEERS), ("generated text", large, encoders)]:
            what = f"learning {MERGES:,} merges of {name}, {size(paths) / 1e6:.0f} MB"
            table.rows(what, lambda: ours.learn_tokens(paths), "learn", paths, peers)
    if "encode" in arguments.only:
        both = os.path.join(work, "both")
        with open(both, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for path in known for line in read_lines(path))
        rare = os.path.join(work, "rare")
        with open(rare, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in read_lines(large[0])[:100_000])
        for what, path in [("encoding Multi30k in memory", both), ("encoding generated text in memory", rare)]:
            time_of = lambda: ours.benchmark("text encode tokens to ids, all threads", path)[0]
            table.rows(what, time_of, "encode", [path], encoders, size([path]) / 1e6)
    if "tokenize" in arguments.only:
        for side, path in zip(SIDES, raw(arguments.folder)):
            amount = ours.benchmark("text tokenize, icu", path)[1] / 1e6
            table.rows(
                f"tokenizing raw text by ICU, {side}, one thread",
                lambda: ours.benchmark("text tokenize, icu", path)[0],
                amount=amount,
                threads=1,
            )
    if "load" in arguments.only:
        ours.learn_tokens(known, "vocabulary-tokens")
        ours.learn(raw(arguments.folder), "vocabulary-raw")
        valid = raw(arguments.folder, "val")
        for name, corpus, peers in [("tokens", known, encoders), ("raw", raw(arguments.folder), [])]:
            pairs = generated(name)
            generate_pairs(pairs, corpus, arguments.pairs)
            what = f"{arguments.pairs:,} pairs loaded, one update, model saved"
            what += "; peers: loaded only" if peers else "; raw text, cut by ICU"
            time_of = lambda: ours.load(pairs, valid, f"vocabulary-{name}")
            table.rows(what, time_of, "load", pairs + corpus, peers)


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer_main(*sys.argv[2:])
    parser = argparse.ArgumentParser(description="Measures; see tools/compare-text-speed.")
    parser.add_argument("folder", help="where Multi30k is")
    parser.add_argument("--bin", required=True, help="where our commands are")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is measured")
    parser.add_argument("--megabytes", type=int, default=100, help="size of the generated text")
    parser.add_argument("--pairs", type=int, default=1_000_000, help="pairs that are loaded")
    parser.add_argument("--only", default="learn,encode,tokenize,load", help="some of these, by commas")
    arguments = parser.parse_args()
    arguments.only = set(arguments.only.split(","))
    with tempfile.TemporaryDirectory() as work:
        measure(arguments, work)


if __name__ == "__main__":
    main()
