#!/usr/bin/env bash
# Trains a model on several machines of a cluster with Slurm. Copy this script, edit the two marked parts, and submit it:
#
#   sbatch train.sh
#   sbatch train.sh MODEL OPTION...    another model folder, and other options of train-translation
#
# Shortly before its time limit the training saves everything and the job is requeued, until the training is complete. It
# also goes on after preemption, `scontrol requeue` and the loss of a machine, as long as attempts leave newer checkpoints.
# It does not after scancel, and not after errors that would come again. Submitted again, it continues a training as well.
#
# Needed: OpenMPI and train-translation on all machines, and a file system that they share for text, vocabulary and model.

# --- Edit: what the job may use. Options of sbatch take precedence.
#SBATCH --job-name=train-translation
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --time=24:00:00
#SBATCH --output=train-%j.log
# The log goes on when the job is requeued. Two minutes before the time limit, this script receives SIGTERM.
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:TERM@120

# --- Edit: the training. This script adds --threads, and --resume or --overwrite.
model=model
# The number of shards decides about the bits of the model, not the number of machines; every process needs at least one.
options=(
  --vocab vocab
  --train-source train.en --train-target train.de
  --valid-source valid.en --valid-target valid.de
  --preset base --max-updates 100000 --shards 64
  --checkpoint-every 10m
)
# mpirun; or srun, where `srun --mpi=list` names a pmix that OpenMPI was built for, as in Debian.
launcher=${TRAIN_LAUNCHER:-mpirun}
# The network between the machines, if OpenMPI does not find it: names as in `ip address`, or addresses like 10.0.0.0/16.
# export OMPI_MCA_btl_tcp_if_include=eth0 OMPI_MCA_oob_tcp_if_include=eth0
# The attempts in a row that may end without a newer checkpoint before the job gives up.
attempts=3
# --- End of what is to be edited.

set -uo pipefail

say() { printf '%s train.sh: %s\n' "$(date '+%F %T')" "$*" >&2; }

# fail CODE WORDS...
fail() {
  say "${@:2}"
  exit "$1"
}

[[ -n ${SLURM_JOB_ID-} ]] || fail 64 "this is a job for Slurm; submit it: sbatch $0"
if (($# > 0)); then
  model=$1
  options=("${@:2}")
fi
log=$model/train.jsonl
newest=$model/checkpoints/last.safetensors
# What later attempts of this job must know: its number, whether the model folder is its own, and attempts that failed.
record=$model/slurm-job

# Reads the record and writes that of this attempt; sets `failed`, and `start` to how the training begins.
begin() {
  local job=0 is_own=0
  mkdir -p "$model" || fail 73 "cannot make the folder '$model'"
  [[ ! -e $record ]] || read -r job is_own failed <"$record"
  start=()
  if [[ $job != "$SLURM_JOB_ID" ]]; then
    is_own=0 failed=0
    [[ -e $log || -e $model/config.json ]] || is_own=1
  else
    failed=$((failed + 1))
    [[ ! $newest -nt $record ]] || failed=0
    # It ended before its first checkpoint.
    ((!is_own)) || start=(--overwrite)
  fi
  [[ ! -e $newest && ! -e $model/checkpoints/previous.safetensors ]] || start=(--resume)
  ((failed < attempts)) || give_up
  echo "$SLURM_JOB_ID $is_own $failed" >"$record" || fail 73 "cannot write '$record'"
}

give_up() {
  rm -f "$record"
  fail 1 "$attempts attempts in a row left no newer checkpoint; not requeued. When the cause is found, submit the job" \
    "again: the training goes on from its last checkpoint"
}

# Becomes the launcher of all processes.
launch() {
  local command=(train-translation --model "$model" ${options[@]+"${options[@]}"} ${start[@]+"${start[@]}"}
    --threads "${SLURM_CPUS_PER_TASK:-1}")
  case $launcher in
    mpirun)
      # When Slurm requeues or cancels a job, it sends SIGTERM to all processes, and SIGKILL after KillWait, usually 30
      # seconds. mpirun would give them 2 seconds; it waits twice this time, and then ends them.
      export OMPI_MCA_odls_base_sigkill_timeout=${OMPI_MCA_odls_base_sigkill_timeout:-12}
      # A machine without a network is noticed after half a minute, before the processes end because of it, which mpirun
      # could not tell that machine.
      export OMPI_MCA_oob_tcp_keepalive_time=10 OMPI_MCA_oob_tcp_keepalive_intvl=5 OMPI_MCA_oob_tcp_keepalive_probes=4
      exec mpirun --bind-to none "${command[@]}"
      ;;
    srun)
      # With the variables by which mpirun tells a process about the others.
      exec srun --mpi=pmix --cpu-bind=none --cpus-per-task="${SLURM_CPUS_PER_TASK:-1}" --kill-on-bad-exit=1 bash -c '
        export OMPI_COMM_WORLD_SIZE=$SLURM_NTASKS OMPI_COMM_WORLD_RANK=$SLURM_PROCID
        export OMPI_COMM_WORLD_LOCAL_SIZE=${SLURM_STEP_TASKS_PER_NODE%%[(,]*}
        exec "$@"' "$0" "${command[@]}"
      ;;
    *) fail 64 "launcher is '$launcher'; expected mpirun or srun" ;;
  esac
}

# Lets the training save and end. One process is enough, since all agree; mpirun itself would wait first, and then kill.
stop() {
  stopped=1
  say "asked to end; the training saves its state"
  if [[ $launcher == srun ]]; then
    scancel --signal=TERM "$SLURM_JOB_ID"
  else
    pkill -TERM -P "$process" -f train-translation || kill -TERM "$process"
  fi
}

# How the training ended in this attempt: interrupted, a reason why it is complete, or nothing if it did not say so.
ending() {
  [[ ! $log -nt $record ]] || tail -n 1 "$log" | sed -n 's/.*"event":"ended","reason":"\([a-z_]*\)".*/\1/p'
}

# Puts the job back into the queue, unless Slurm ended it: then Slurm knows whether it comes again.
requeue() {
  local state
  state=$(scontrol show job "$SLURM_JOB_ID" | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p')
  if [[ $state != RUNNING ]]; then
    say "Slurm ends the job (${state:-state unknown}); requeued or submitted again, it goes on from its last checkpoint"
    exit 0
  fi
  scontrol requeue "$SLURM_JOB_ID" || fail 75 "cannot be requeued; submit it again: it goes on from its last checkpoint"
  say "requeued"
  exit 0
}

conclude() {
  local reason
  reason=$(ending)
  if [[ $status == 0 && $reason != interrupted ]] && [[ -n $reason || -z $stopped ]]; then
    rm -f "$record"
    say "the training is complete"
    exit 0
  fi
  if [[ -n $stopped || $reason == interrupted ]]; then
    # This is no failure, even if nothing was saved.
    sed -i 's/[0-9]*$/-1/' "$record"
    say "the training is not complete"
    requeue
  fi
  case $status in
    # train-translation, or a process or mpirun that was killed, or mpirun whose connection to a machine is lost.
    69 | 137 | 143 | 205)
      say "a process or a machine was lost (code $status)"
      [[ $newest -nt $record ]] || ((failed + 1 < attempts)) || give_up
      requeue
      ;;
  esac
  rm -f "$record"
  fail "$status" "the training failed with code $status; the cause stands above. Not requeued"
}

begin
say "job $SLURM_JOB_ID: ${SLURM_NTASKS:-1} processes on $SLURM_JOB_NODELIST, $launcher, ${start[*]:-from the beginning}"
stopped='' status=''
(launch) &
process=$!
trap stop TERM
# A signal ends `wait`.
while kill -0 "$process" 2>/dev/null; do wait "$process"; done
wait "$process"
status=$?
trap '' TERM
conclude
