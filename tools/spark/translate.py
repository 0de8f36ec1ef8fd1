#!/usr/bin/env python3
"""Translates a huge text with Spark, which pipes blocks of lines through `translate`.

  spark-submit --master 'local[2,4]' tools/spark/translate.py --input web.en --output web.de --block 10000 -- \\
      translate --model model --threads 1 --beam 1

What follows `--` is the command that reads lines and writes one for each. It must be on every node, as its model. The output is
a folder of part-00000, part-00001, … with a block each, in order: `cat web.de/part-*` or `hadoop fs -getmerge` joins them.

Lines are numbered, and a block is the lines of consecutive numbers. A task fails, and Spark starts it again, if the command
fails or writes another number of lines than it got; its output appears when the task has succeeded, by Spark's committer, so
every line is in the output exactly once. A local master retries only if it is told to: 'local[2,4]' has two workers and four
attempts. On a cluster, `spark.task.maxFailures` says how many (4 unless set). When all is done, the output has a file _SUCCESS.
"""

import argparse
import itertools
import subprocess
import sys
import threading


class Piped:
    """Lines on their way through a command."""

    def __init__(self, command, lines):
        self.lines, self.count, self.error = lines, 0, None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.feeder = threading.Thread(target=self.feed, daemon=True)

    def feed(self):
        try:
            with self.process.stdin as stdin:
                for line in self.lines:
                    self.count += 1
                    stdin.write(line.encode() + b"\n")
        except BrokenPipeError:
            # The command has ended; its exit code says why.
            pass
        except BaseException as error:
            self.error = error
            self.process.kill()

    def results(self):
        """The lines that the command writes; an error unless they are as many as it got, and it succeeds."""
        found = 0
        self.feeder.start()
        try:
            for line in self.process.stdout:
                found += 1
                yield line.decode().rstrip("\n")
            code = self.process.wait()
            self.feeder.join()
            if self.error:
                raise self.error
            if code != 0:
                raise RuntimeError(f"'{self.process.args[0]}' ended with code {code}")
            if found != self.count:
                raise RuntimeError(f"'{self.process.args[0]}' wrote {found} lines for {self.count}")
        finally:
            self.process.kill()
            self.process.wait()


def in_order(lines, first):
    """The lines of a block, whose numbers must follow each other."""
    for expected, (number, line) in enumerate(lines, first):
        if number != expected:
            raise RuntimeError(f"line {number} where line {expected} should be")
        yield line


def options():
    words = sys.argv[1:]
    split = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(
        description="Translates a huge text with Spark.", usage="translate.py [OPTION...] -- COMMAND [ARGUMENT...]")
    parser.add_argument("--input", required=True, help="text, plain or gzip, at any address that Spark reads")
    parser.add_argument("--output", required=True, help="folder for the translations, which must not exist")
    parser.add_argument("--block", type=int, default=10_000, help="lines in a task (default: %(default)s)")
    arguments = parser.parse_args(words[:split])
    arguments.command = words[split + 1:]
    if not arguments.command or arguments.block < 1:
        parser.error("a command after '--' and a block of at least one line are needed")
    return arguments


def main():
    arguments = options()
    # Not before the options are right, since it starts a virtual machine.
    from pyspark import SparkConf, SparkContext

    context = SparkContext(conf=SparkConf().setAppName("translate"))
    # Lines end in LF, as for `translate`; otherwise, a CR within a line would end it.
    context._jsc.hadoopConfiguration().set("textinputformat.record.delimiter", "\n")
    lines = context.textFile(arguments.input)
    # Read twice, not kept: the text may be larger than the memory.
    counts = lines.mapPartitions(lambda part: [sum(1 for _ in part)]).collect()
    first = [0, *itertools.accumulate(counts)]
    count, block, command = first[-1], arguments.block, arguments.command
    blocks = max(1, -(-count // block))
    if blocks > 100_000:
        sys.exit(f"translate.py: {count} lines are {blocks} blocks, more than 100,000; give a larger --block")

    def numbered(index, part):
        return enumerate(part, first[index])

    def translated(index, block_lines):
        return Piped(command, in_order(block_lines, index * block)).results()

    sorted_blocks = lines.mapPartitionsWithIndex(numbered).repartitionAndSortWithinPartitions(
        blocks, lambda number: number // block)
    sorted_blocks.mapPartitionsWithIndex(translated).saveAsTextFile(arguments.output)
    print(f"translate.py: {count:,} lines in {blocks:,} blocks in '{arguments.output}'", file=sys.stderr)
    context.stop()


if __name__ == "__main__":
    main()
