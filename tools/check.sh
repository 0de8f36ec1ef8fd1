#!/usr/bin/env bash
# All checks that must pass before a change is merged: format, structure, documentation, kernels, the corpus, all tests.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/setup
echo "== format" >&2
swift format lint --strict --recursive Package.swift Sources Tests tools
echo "== targets, imports, tests, the table of operations and the examples" >&2
command -v python3 >/dev/null || { echo "tools/check.sh: needs python3 (apt-get install python3)" >&2; exit 1; }
tools/ladder --check
swift build -c release --explicit-target-dependency-import-check error
echo "== completions and man pages" >&2
tools/check-completions .build/release
echo "== the C code, here, on arm64 and for AMX" >&2
tools/check-kernels
echo "== corpora/ against its generator" >&2
swift run -c release --package-path tools/generate-corpus generate-corpus --check corpora
tools/test
tools/test --kernels x86-64-v3 --filter '^(Tensors|Autodiff|Layers|Models|Decoding|Training)Tests\.'
