"""The measurements of tools/compare-decoding-speed, which describes them and starts this script.

A model folder of ours becomes a model of CTranslate2 with the same weights, in float32 and in int8. Prints a table of
sentences per second: a row for each model, use and beam; a column for each engine and type.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

THREADS = 2
TYPES = ("float32", "int8")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("models", nargs="+")
    parser.add_argument("--bin", required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lines", type=int)
    parser.add_argument("--cells", default="batches,one-by-one")
    parser.add_argument("--beams", default="1,5")
    return parser.parse_args()


# ---- The same model for CTranslate2 ----


def positions(count, size):
    """Sines in even columns, cosines in odd ones."""
    angles = np.arange(count)[:, None] * np.exp(np.arange(0, size, 2) * (-math.log(10000) / size))[None]
    table = np.zeros((count, size), np.float32)
    table[:, 0::2], table[:, 1::2] = np.sin(angles), np.cos(angles)
    return table


def convert(folder, output, kind):
    """Writes a model folder of ours as a model of CTranslate2."""
    from ctranslate2.specs import common_spec, transformer_spec
    from safetensors.numpy import load_file

    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    expected = {"norm_placement": "post", "activation_function": "relu", "position_layout": "interleaved"}
    for key, value in expected.items():
        if config.get(key, value) != value:
            sys.exit(f"{folder}/config.json: '{key}' is '{config[key]}'; this comparison knows only '{value}'")
    with open(os.path.join(folder, "vocab.txt"), encoding="utf-8") as file:
        tokens = [line.rstrip("\n") for line in file]
    weights = load_file(os.path.join(folder, "model.safetensors"))
    embedding = weights["model.shared.weight"]

    def fill_linear(spec, names):
        spec.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
        spec.bias = np.concatenate([weights[f"{name}.bias"] for name in names])

    def fill_norm(spec, name):
        spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]

    spec = transformer_spec.TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]), config["encoder_attention_heads"],
        pre_norm=False, activation=common_spec.Activation.RELU)
    beginning, end, unknown = (config[f"{name}_token_id"] for name in ("bos", "eos", "unk"))
    spec.config.decoder_start_token = spec.config.bos_token = tokens[beginning]
    spec.config.eos_token, spec.config.unk_token = tokens[end], tokens[unknown]
    for side in ("encoder", "decoder"):
        part = getattr(spec, side)
        tables = part.embeddings if isinstance(part.embeddings, list) else [part.embeddings]
        tables[0].weight = embedding
        part.scale_embeddings = True
        part.position_encodings.encodings = positions(512, embedding.shape[1])
        for index, layer in enumerate(part.layer):
            name = f"model.{side}.layers.{index}"
            attention = f"{name}.self_attn"
            fill_linear(layer.self_attention.linear[0], [f"{attention}.{x}_proj" for x in "qkv"])
            fill_linear(layer.self_attention.linear[1], [f"{attention}.out_proj"])
            fill_norm(layer.self_attention.layer_norm, f"{attention}_layer_norm")
            if side == "decoder":
                attention = f"{name}.encoder_attn"
                fill_linear(layer.attention.linear[0], [f"{attention}.q_proj"])
                fill_linear(layer.attention.linear[1], [f"{attention}.{x}_proj" for x in "kv"])
                fill_linear(layer.attention.linear[2], [f"{attention}.out_proj"])
                fill_norm(layer.attention.layer_norm, f"{attention}_layer_norm")
            fill_linear(layer.ffn.linear_0, [f"{name}.fc1"])
            fill_linear(layer.ffn.linear_1, [f"{name}.fc2"])
            fill_norm(layer.ffn.layer_norm, f"{name}.final_layer_norm")
    spec.decoder.projection.weight = embedding
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization=None if kind == "float32" else kind)
    os.makedirs(output, exist_ok=True)
    spec.save(output)
    return tokens[end]


def peers(folder, lines, beam, kind, one_by_one):
    """Seconds of CTranslate2, and target tokens; in a process of its own, for a core of its own."""
    command = [sys.executable, __file__, "--peer", folder, lines, str(beam), kind, str(int(one_by_one))]
    prefix = ["taskset", "-c", "0"] if one_by_one else []
    run = subprocess.run(prefix + command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, tokens = run.stdout.split()[-2:]
    return float(seconds), int(tokens)


def peer(folder, lines, beam, kind, one_by_one):
    import ctranslate2

    workers = 1 if one_by_one else THREADS
    translator = ctranslate2.Translator(
        folder, device="cpu", compute_type=kind, inter_threads=workers, intra_threads=1)
    with open(lines, encoding="utf-8") as file:
        sentences = [line.split() for line in file]

    def translate(sentences):
        # As many source tokens in a batch as ours.
        return translator.translate_batch(
            sentences, beam_size=beam, length_penalty=1, max_batch_size=2048, batch_type="tokens",
            max_decoding_length=120)

    translate(sentences[:8])
    start = time.perf_counter()
    results = [translate([x])[0] for x in sentences] if one_by_one else translate(sentences)
    print(time.perf_counter() - start, sum(len(x.hypotheses[0]) for x in results))


# ---- Ours ----


def ours(a, model, text, beam, kind, one_by_one):
    """Seconds of our program from start to end."""
    command = [os.path.join(a.bin, "translate"), "--model", model, "--input", text, "--beam", str(beam)]
    command += ["--compute", kind, "--split-sentences", "never", "--threads", "1" if one_by_one else f"{THREADS}"]
    command += ["--batch-size", "1"] if one_by_one else []
    prefix = ["taskset", "-c", "0"] if one_by_one else []
    start = time.perf_counter()
    subprocess.run(prefix + command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def machine(a):
    with open("/proc/cpuinfo") as file:
        name = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "unknown")
    version = subprocess.run([os.path.join(a.bin, "translate"), "--version"], stdout=subprocess.PIPE, text=True)
    return name + "; " + "; ".join(line.strip() for line in version.stdout.splitlines()[1:])


def main():
    import ctranslate2

    a = arguments()
    with open(a.text, encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip()][: a.lines]
    print(f"{machine(a)}; CTranslate2 {ctranslate2.__version__}; {len(lines)} sentences", file=sys.stderr)
    print("| model, use, beam | ours, float32 | ours, int8 | CTranslate2, float32 | int8 | ratio float32 | ratio int8 |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as work:
        text = os.path.join(work, "text")
        with open(text, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        for model in a.models:
            measure(a, model, text, len(lines), work)


def measure(a, model, text, count, work):
    segment = [os.path.join(a.bin, "segment-text"), "--vocab", model, "--source"]
    with open(text, "rb") as file:
        pieces = subprocess.run(segment, stdin=file, stdout=subprocess.PIPE, check=True).stdout.decode()
    folders = {}
    for kind in TYPES:
        folders[kind] = os.path.join(work, f"{os.path.basename(os.path.normpath(model))}-{kind}")
        end = convert(model, folders[kind], kind)
    subwords = os.path.join(work, "subwords")
    with open(subwords, "w", encoding="utf-8") as file:
        file.writelines(f"{line} {end}\n" for line in pieces.splitlines())
    for cell in a.cells.split(","):
        for beam in map(int, a.beams.split(",")):
            best = {}
            for _ in range(a.rounds):
                for kind in TYPES:
                    seconds = ours(a, model, text, beam, kind, cell == "one-by-one")
                    best["ours", kind] = min(best.get(("ours", kind), math.inf), seconds)
                    seconds, _ = peers(folders[kind], subwords, beam, kind, cell == "one-by-one")
                    best["peer", kind] = min(best.get(("peer", kind), math.inf), seconds)
            speeds = [count / best[side, kind] for side in ("ours", "peer") for kind in TYPES]
            ratios = [best["peer", kind] / best["ours", kind] for kind in TYPES]
            use = f"{os.path.basename(os.path.normpath(model))}, {cell.replace('-', ' ')}, beam {beam}"
            cells = [f"{x:,.0f}" if x >= 100 else f"{x:.1f}" for x in speeds] + [f"{x:.2f}" for x in ratios]
            print(f"| {use} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        folder, lines, beam, kind, one_by_one = sys.argv[2:]
        peer(folder, lines, int(beam), kind, one_by_one == "1")
    else:
        main()
