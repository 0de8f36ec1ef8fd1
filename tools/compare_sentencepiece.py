"""The comparison of tools/compare-sentencepiece: SEGMENT-TEXT FOLDER TEXT. Exits with 1 if anything differs."""

import resource
import subprocess
import sys
import time

import sentencepiece

program, folder, path = sys.argv[1:]
processor = sentencepiece.SentencePieceProcessor(model_file=f"{folder}/sentencepiece.model")
with open(path, "rb") as file:
    contents = file.read()
# Like our readers, without carriage returns at the ends of lines.
lines = [line.removesuffix(b"\r").decode("utf-8", "replace") for line in contents.split(b"\n")]
if not lines[-1]:
    lines.pop()


def child_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours(text, *options):
    """The lines that segment-text makes of lines with one thread, and the processor time from its start to its end."""
    start = child_seconds()
    result = subprocess.run(
        [program, "--vocab", folder, "--threads", "1", *options], input="\n".join(text).encode() + b"\n",
        stdout=subprocess.PIPE, check=True)
    return result.stdout.decode().split("\n")[:-1], child_seconds() - start


def theirs(function, items):
    """The results for all items, and the processor time."""
    start = time.process_time()
    results = [function(item) for item in items]
    return results, time.process_time() - start


def report(what, differences, seconds, their_seconds):
    rate, their_rate = len(lines) / seconds, len(lines) / their_seconds
    print(f"  {what}: {len(lines) - len(differences):,} of {len(lines):,} lines are equal; "
          f"{rate:,.0f} lines a second of one core, {their_rate:,.0f} in Python")
    for index in differences[:3]:
        print(f"    line {index + 1}: {lines[index][:100]!r}")


# Our time includes the program's start, reading and writing.
pieces, seconds = ours(lines)
ids, _ = theirs(processor.encode, lines)
their_pieces, their_seconds = theirs(lambda line: " ".join(processor.encode(line, out_type=str)), lines)
decoded, decoding_seconds = ours(pieces, "--undo")
their_decoded, their_decoding_seconds = theirs(
    lambda line: processor.decode(line.split(" ") if line else []), their_pieces)
assert len(pieces) == len(decoded) == len(lines), "segment-text has lost lines"

wrong_pieces = [i for i in range(len(lines)) if pieces[i] != their_pieces[i]]
wrong_ids = [i for i in range(len(lines))
             if [processor.piece_to_id(piece) for piece in pieces[i].split(" ") if piece] != ids[i]]
wrong_text = [i for i in range(len(lines)) if decoded[i] != their_decoded[i]]
report("ids", wrong_pieces + [i for i in wrong_ids if i not in wrong_pieces], seconds, their_seconds)
report("decoding", wrong_text, decoding_seconds, their_decoding_seconds)
sys.exit(1 if wrong_pieces or wrong_ids or wrong_text else 0)
