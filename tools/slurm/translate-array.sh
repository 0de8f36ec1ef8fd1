#!/bin/sh
# Translates a huge text with Slurm: a task of an array for each shard.
#
#   sbatch --array=1-100 tools/slurm/translate-array.sh MODEL INPUT FOLDER 100 [OPTION...]
#   sbatch --array="$(join-translations FOLDER --missing)" tools/slurm/translate-array.sh MODEL INPUT FOLDER 100 [OPTION...]
#   join-translations FOLDER --input INPUT --output OUTPUT
#
# MODEL, INPUT and FOLDER are on a file system that all nodes see, and `translate` is in the PATH. 100 is the number of
# shards; OPTIONs are those of `translate`, such as --beam 1, and the same for all. A task that was killed, preempted or
# requeued continues its shard after the last recorded line, at most a few seconds before; one whose shard is complete ends
# at once. So the first command may be given again at any time, and the second one gives only what is missing.
#
#SBATCH --job-name=translate
#SBATCH --cpus-per-task=2
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=translate-%A_%a.log
set -eu

if [ $# -lt 4 ] || [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
  echo "usage: sbatch --array=1-SHARDS translate-array.sh MODEL INPUT FOLDER SHARDS [OPTION...]" >&2
  exit 64
fi
model=$1 input=$2 folder=$3 shards=$4
shift 4
# In place of the shell, so that signals reach it.
exec translate --model "$model" --input "$input" --output "$folder" --shard "$SLURM_ARRAY_TASK_ID/$shards" --resume \
  --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
