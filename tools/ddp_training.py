"""PyTorch's side of tools/compare-ddp, which starts this script on every node.

  ddp_training.py --encode DIR --vocabulary FOLDER --pairs FILE      segments the text once, for all runs
  ddp_training.py --pairs FILE --preset tiny --batch-tokens 2048 --updates 40 --output PREFIX [--compress | --alone]

Trains the Transformer of training_speed.py on one thread, with products in bfloat16, fused Adam, and
DistributedDataParallel over Gloo with its default buckets of 25 MB; --compress sends gradients as bfloat16
(`bf16_compress_hook`, rounded sums included), --alone leaves DistributedDataParallel out. Writes the time, the tokens and the bytes that eth0 sent
since the second update to PREFIX and the rank.
"""
import argparse, json, os, random, time

import training_speed
from training_speed import BOS, PAD, PRESETS, batches, encoded, make_model, padded


def encode(options):
    pairs, words = encoded(options.encode, options.vocabulary)
    with open(options.pairs, "w") as file:
        json.dump([words, pairs], file)


def train(options):
    import torch
    from torch import distributed
    from torch.distributed.algorithms.ddp_comm_hooks import default_hooks
    from torch.nn.parallel import DistributedDataParallel

    rank, nodes = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    with open(options.pairs) as file:
        words, pairs = json.load(file)
    model = make_model(torch, words, *PRESETS[options.preset])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, betas=(0.9, 0.98), eps=1e-9, fused=True)
    step = model
    if not options.alone:
        distributed.init_process_group("gloo")
        step = DistributedDataParallel(model, gradient_as_bucket_view=True)
        if options.compress:
            # PyTorch refuses its hook without a GPU; Gloo itself sums bfloat16.
            step.register_comm_hook(None, lambda state, bucket: default_hooks.bf16_compress_hook(state, bucket))
    training_speed.BATCH_TOKENS = options.batch_tokens
    # The same order everywhere, of which each node takes its own.
    mine = batches(pairs)[rank::nodes][: options.updates]
    assert len(mine) == options.updates, "too little text for so many updates"
    tokens = 0
    for update, batch in enumerate(mine):
        if update == 2:
            tokens, began, sent = 0, time.time(), sent_bytes()
        source, target = (padded(torch, [pairs[i][side] for i in batch]) for side in (0, 1))
        shifted = torch.cat([torch.full((len(batch), 1), BOS), target[:, :-1]], 1)
        with torch.autocast("cpu", torch.bfloat16):
            loss = step(source, shifted, target)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        tokens += int((target != PAD).sum())
    result = {"tokens": tokens, "seconds": time.time() - began, "updates": options.updates - 2, "sent_bytes": sent_bytes() - sent}
    with open(f"{options.output}{rank}", "w") as file:
        json.dump(result, file)
    if not options.alone:
        distributed.barrier()
        distributed.destroy_process_group()


def sent_bytes():
    with open("/sys/class/net/eth0/statistics/tx_bytes") as file:
        return int(file.read())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encode")
    parser.add_argument("--vocabulary")
    parser.add_argument("--pairs", required=True)
    parser.add_argument("--preset", choices=PRESETS)
    parser.add_argument("--batch-tokens", type=int)
    parser.add_argument("--updates", type=int)
    parser.add_argument("--output")
    parser.add_argument("--compress", action="store_true")
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args()
    encode(options) if options.encode else train(options)


if __name__ == "__main__":
    main()
