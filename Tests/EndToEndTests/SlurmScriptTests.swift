import Foundation
import TestSupport
import Testing

/// What `tools/slurm/train.sh` decides, with stand-ins for Slurm and `mpirun`; `tools/check-slurm` runs it on a real Slurm.
@Suite struct SlurmScriptTests {
  /// A folder with a model folder, the stand-ins, and the notes that they take.
  private let folder: TemporaryFolder
  private var model: String { folder("model") }

  /// What the stand-in for `mpirun` can do: write a checkpoint, and say in the log why the training ended.
  private static let actions = """
    #!/bin/bash
    echo "$@" >>"$NOTES/mpirun"
    sleep 0.02
    checkpoint() { mkdir -p "$MODEL/checkpoints" && touch "$MODEL/checkpoints/last.safetensors"; }
    ended() { echo '{"epoch":1,"event":"ended","reason":"'"$1"'","seconds":1.5,"update":9}' >>"$MODEL/train.jsonl"; }

    """

  private static let scontrol = """
    #!/bin/bash
    echo "$*" >>"$NOTES/scontrol"
    case $1 in
      show) echo "JobId=7 JobName=train"; echo "   JobState=$STATE Reason=None"; exit 0 ;;
      requeue) exit "$REQUEUE" ;;
    esac
    """

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder("bin"), withIntermediateDirectories: true)
    try write(Self.scontrol, as: "scontrol")
  }

  private func write(_ script: String, as name: String) throws {
    try script.write(toFile: folder("bin/\(name)"), atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("bin/\(name)"))
  }

  private static func script(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "tools/slurm/\(name)").path
  }

  /// Starts an attempt of a job, in which `mpirun` does the actions, Slurm says that the job has the state, and `scontrol
  /// requeue` ends with the code.
  private func start(_ actions: String, state: String = "RUNNING", requeue: Int = 0, job: Int = 7) throws
    -> RunningCommand
  {
    try write(Self.actions + actions, as: "mpirun")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let attempt = try RunningCommand(
      executable: URL(fileURLWithPath: "/bin/bash"),
      [Self.script("train.sh"), model, "--preset", "tiny"],
      environment: [
        "PATH": "\(folder("bin")):\(path)", "NOTES": folder.path, "MODEL": model, "STATE": state,
        "REQUEUE": "\(requeue)",
        "SLURM_JOB_ID": "\(job)", "SLURM_JOB_NODELIST": "n[1-2]", "SLURM_NTASKS": "2",
        "SLURM_CPUS_PER_TASK": "3",
      ])
    attempt.closeInput()
    return attempt
  }

  private func run(_ actions: String, state: String = "RUNNING", requeue: Int = 0, job: Int = 7) throws
    -> Command.Outcome
  {
    try start(actions, state: state, requeue: requeue, job: job).wait(seconds: 60)
  }

  private func notes(_ name: String) -> [String] {
    (try? String(contentsOfFile: folder(name), encoding: .utf8))?.split(separator: "\n").map(String.init)
      ?? []
  }

  /// How often the job was requeued.
  private var requeues: Int { notes("scontrol").filter { $0 == "requeue 7" }.count }
  private var hasRecord: Bool { FileManager.default.fileExists(atPath: "\(model)/slurm-job") }

  @Test func completeTrainingEndsTheJob() throws {
    let outcome = try run("checkpoint; ended max_updates")
    #expect(outcome.status == 0 && outcome.errors.contains("the training is complete"), "\(outcome.errors)")
    #expect(requeues == 0 && !hasRecord)
    #expect(
      notes("mpirun") == ["--bind-to none train-translation --model \(model) --preset tiny --threads 3"])
    // Submitted again, nothing is left to do.
    #expect(try run("ended max_updates", job: 8).status == 0)
    #expect(notes("mpirun").last?.hasSuffix("--preset tiny --resume --threads 3") == true)
  }

  /// A process of the training that saves everything when it receives SIGTERM; `mpirun` then ends with code 0.
  private static let training = """
    bash -c 'trap "exit 0" TERM; echo started >&2; while :; do sleep 0.02; done' train-translation || exit
    checkpoint; ended interrupted
    """

  private func stopped(state: String, requeue: Int = 0) throws -> Command.Outcome {
    let attempt = try start(Self.training, state: state, requeue: requeue)
    #expect(attempt.waitForErrors { $0.contains("started") })
    attempt.send(SIGTERM)
    return attempt.wait(seconds: 60)
  }

  @Test func stoppedTrainingIsRequeued() throws {
    let outcome = try stopped(state: "RUNNING")
    #expect(outcome.status == 0 && outcome.errors.contains("train.sh: requeued"), "\(outcome.errors)")
    #expect(requeues == 1)
    #expect(FileManager.default.fileExists(atPath: "\(model)/checkpoints/last.safetensors"))
    // If somebody else stops the processes, too.
    #expect(try run("ended interrupted").status == 0)
    #expect(requeues == 2)
  }

  @Test(arguments: ["COMPLETING", "CANCELLED", "PREEMPTED"])
  func jobThatSlurmEndsIsNotRequeued(state: String) throws {
    let outcome = try stopped(state: state)
    #expect(
      outcome.status == 0 && outcome.errors.contains("Slurm ends the job (\(state))"), "\(outcome.errors)")
    #expect(requeues == 0)
  }

  @Test func refusedRequeueIsAnError() throws {
    let outcome = try stopped(state: "RUNNING", requeue: 1)
    #expect(outcome.status == 75 && outcome.errors.contains("submit it again"), "\(outcome.errors)")
  }

  @Test(arguments: [69, 137, 143, 205])
  func lostProcessesAreFollowedByAnotherAttempt(code: Int) throws {
    for attempt in 1...2 {
      let outcome = try run("exit \(code)")
      #expect(outcome.status == 0 && outcome.errors.contains("code \(code)"), "\(outcome.errors)")
      #expect(requeues == attempt)
    }
    // The third one in a row without progress is the last.
    let outcome = try run("exit \(code)")
    #expect(outcome.status == 1 && outcome.errors.contains("left no newer checkpoint"), "\(outcome.errors)")
    #expect(requeues == 2 && !hasRecord)
  }

  /// When the machine of the script is lost, the script does not see the end.
  @Test func attemptsThatNobodySawEndCount() throws {
    for _ in 1...3 {
      let outcome = try run("kill -9 $PPID; exit 1")
      #expect(outcome.status == 128 + 9, "\(outcome.errors)")
    }
    let outcome = try run("checkpoint")
    #expect(outcome.status == 1 && outcome.errors.contains("left no newer checkpoint"), "\(outcome.errors)")
    #expect(notes("mpirun").count == 3)
  }

  @Test func attemptsThatLeaveCheckpointsMayFailOften() throws {
    for attempt in 1...7 {
      _ = try run(attempt.isMultiple(of: 3) ? "checkpoint; exit 69" : "exit 69")
      #expect(requeues == attempt)
    }
  }

  @Test func stopIsNoFailure() throws {
    for actions in ["exit 69", "exit 69", "ended interrupted", "exit 69", "exit 69"] { _ = try run(actions) }
    #expect(requeues == 5)
  }

  @Test(arguments: [1, 64, 134, 139])
  func errorsEndTheJob(code: Int) throws {
    let outcome = try run("checkpoint; exit \(code)")
    #expect(
      Int(outcome.status) == code && outcome.errors.contains("failed with code \(code)"), "\(outcome.errors)")
    #expect(requeues == 0 && !hasRecord)
  }

  @Test func folderIsOverwrittenOnlyIfItIsOfThisJob() throws {
    // This job began it, and was ended before its first checkpoint.
    _ = try run("touch \"$MODEL/config.json\" \"$MODEL/train.jsonl\"; exit 69")
    _ = try run("exit 69")
    #expect(notes("mpirun").last?.contains("--overwrite") == true)
    // Another job did.
    _ = try run("exit 69", job: 8)
    _ = try run("exit 69", job: 8)
    #expect(notes("mpirun").suffix(2).allSatisfy { !$0.contains("--overwrite") && !$0.contains("--resume") })
  }

  @Test func scriptsAreShell() throws {
    let scripts = try FileManager.default.contentsOfDirectory(atPath: Self.script(""))
      .filter { $0.hasSuffix(".sh") }
    #expect(!scripts.isEmpty)
    for name in scripts {
      let outcome = try RunningCommand(
        executable: URL(fileURLWithPath: "/bin/bash"), ["-n", Self.script(name)]
      ).wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
  }

  @Test func withoutSlurmTheScriptSaysWhatToDo() throws {
    let outcome = try RunningCommand(
      executable: URL(fileURLWithPath: "/usr/bin/env"), ["-u", "SLURM_JOB_ID", Self.script("train.sh")]
    ).wait()
    #expect(outcome.status == 64 && outcome.errors.contains("sbatch"), "\(outcome.errors)")
  }
}
