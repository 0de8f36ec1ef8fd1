import Foundation
import Glibc
import TestSupport
import Testing

/// Full disks, closed pipes and folders that cannot be written to.
@Suite struct OutputFailureTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture.shared() }

  @Test func fullDiskUnderTheTranslation() throws {
    let outcome = try Command.translate.shell(
      #""$COMMAND" --model "$1" <"$2" >/dev/full"#, [fixture.model, fixture.validSource])
    expectFailure(outcome, .translate, saying: ["no space left"])
  }

  @Test func closedPipeBehindTheTranslation() throws {
    let outcome = try Command.translate.shell(
      #"yes "Anna sees the old house." | head -20000 | "$COMMAND" --model "$1" --beam 1 | head -1; exit ${PIPESTATUS[2]}"#,
      [fixture.model])
    expectFailure(outcome, .translate, saying: ["standard output was closed"])
    #expect(outcome.lines.count == 1)
  }

  @Test func closedOutput() throws {
    let outcome = try Command.translate.shell(
      #""$COMMAND" --model "$1" <"$2" >&-"#, [fixture.model, fixture.validSource])
    expectFailure(outcome, .translate, saying: ["standard output"])
  }

  /// With standard error closed, the next file opened must not receive the messages.
  @Test func closedStreamForMessages() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.translate.shell(
      #"printf 'Anna\n\377\n' | "$COMMAND" --model "$1" --output "$2" 2>&-"#, [fixture.model, folder("out")])
    #expect(outcome.status == 0)
    let text = try String(contentsOfFile: folder("out"), encoding: .utf8)
    #expect(text.filter { $0 == "\n" }.count == 2 && !text.contains("UTF-8"), "\(text)")
  }

  @Test func closedInput() throws {
    let outcome = try Command.translate.shell(#""$COMMAND" --model "$1" <&-"#, [fixture.model])
    expectFailure(outcome, .translate, saying: ["standard input"])
  }

  @Test func fullDiskUnderTheScore() throws {
    let outcome = try Command.evaluateTranslation.shell(
      #""$COMMAND" --reference "$1" --hypothesis "$1" >/dev/full"#, [fixture.validTarget])
    expectFailure(outcome, .evaluateTranslation, saying: ["no space left"])
  }

  @Test func fullDiskUnderAppliedCodes() throws {
    let outcome = try Command.buildVocab.shell(
      #""$COMMAND" --apply-codes "$1" <"$2" >/dev/full"#,
      ["\(fixture.vocabulary)/bpe.codes", fixture.validSource])
    expectFailure(outcome, .buildVocab, saying: ["no space left"])
  }

  /// A path below a file, and one in a file system without user files, because permissions would not stop root.
  static let unwritable = ["/dev/null/folder", "/proc/folder"]

  /// The part of an unwritable path that the message must name.
  func culprit(_ folder: String) -> String { "'" + folder.replacingOccurrences(of: "/folder", with: "") }

  @Test(arguments: unwritable)
  func vocabularyHasNoPlace(folder: String) throws {
    let outcome = try Command.buildVocab.run(fixture.vocabularyArguments(output: folder))
    expectFailure(outcome, .buildVocab, saying: [culprit(folder)])
  }

  @Test(arguments: unwritable)
  func modelHasNoPlace(folder: String) throws {
    let outcome = try Command.trainTranslation.run(fixture.trainingArguments(model: folder, updates: 2))
    expectFailure(outcome, .trainTranslation, saying: [culprit(folder)])
  }

  @Test(arguments: unwritable)
  func translationHasNoPlace(folder: String) throws {
    let outcome = try Command.translate.run(
      ["--model", fixture.model, "--output", "\(folder)/out"], text: "Anna\n")
    expectFailure(outcome, .translate, saying: ["\(folder)/out"])
  }

  @Test func placeOfTheTranslationIsTriedBeforeTheModel() throws {
    let outcome = try Command.translate.run(["--model", "/no/model", "--output", "/no/folder/out"])
    expectFailure(outcome, .translate, saying: ["/no/folder/out"])
  }

  @Test func fileStandsWhereAFolderShould() throws {
    let folder = try TemporaryFolder()
    let file = folder("file")
    try "mine".write(toFile: file, atomically: false, encoding: .utf8)
    expectFailure(
      try Command.buildVocab.run(fixture.vocabularyArguments(output: file)), .buildVocab, saying: [file])
    expectFailure(
      try Command.trainTranslation.run(fixture.trainingArguments(model: file, updates: 2)), .trainTranslation,
      saying: [file])
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    #expect(folder.names == ["file"])
  }

  @Test func failedTranslationKeepsWhatItHas() throws {
    let (folder, copy) = (try TemporaryFolder(), try fixture.copyOfModel())
    try "old".write(toFile: folder("out"), atomically: false, encoding: .utf8)
    // A gzip file that ends early fails in the middle of the work.
    let outcome = try Command.translate.shell(
      #"for i in {1..200}; do cat "$2"; done | gzip -c | head -c 600 >"$3"; "$COMMAND" --beam 1 --model "$1" --input "$3" --output "$4""#,
      [copy.path, fixture.validSource, folder("in.gz"), folder("out")])
    expectFailure(
      outcome, .translate, saying: [folder("in.gz"), "damaged", "kept in '\(folder("out.partial"))'"])
    #expect(folder.names == ["in.gz", "out", "out.partial"])
    #expect(try String(contentsOfFile: folder("out"), encoding: .utf8) == "old")
    let kept = try lines(of: folder("out.partial"))
    #expect(kept > 20 && outcome.errors.contains("first \(kept) lines"), "\(kept): \(outcome.errors)")
  }

  private func lines(of path: String) throws -> Int {
    try String(contentsOfFile: path, encoding: .utf8).count { $0 == "\n" }
  }

  @Test func translationThatFailsAtOnceLeavesNoFile() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.translate.run(
      ["--model", "/no/model", "--output", folder("out")], text: "Anna\n")
    expectFailure(outcome, .translate, saying: ["/no/model"])
    #expect(folder.names.isEmpty)
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGINT, SIGHUP])
  func killedTranslationKeepsWhatItHas(signal: Int32) throws {
    let folder = try TemporaryFolder()
    let process = try RunningCommand(
      .translate, ["--model", fixture.model, "--output", folder("out"), "--beam", "1"])
    for _ in 0..<200 { process.write(Array("Anna sees the old house.\n".utf8)) }
    for _ in 0..<600 where !folder.names.contains("out.partial") { usleep(20_000) }
    process.send(signal)
    let outcome = process.wait()
    #expect(outcome.status == 128 + signal)
    try #require(folder.names == ["out.partial"], "\(folder.names)")
    let kept = try lines(of: folder("out.partial"))
    #expect(kept > 0)
    if signal != SIGKILL {
      #expect(outcome.errors.contains("kept in '\(folder("out.partial"))'"), "\(outcome.errors)")
    }
  }

  /// A folder that cannot be renamed, with a vocabulary of the other layout in it.
  @Test(.enabled(if: mayMount, "this user may not mount a small file system"))
  func vocabularyOnAMountPointIsReplaced() throws {
    let folder = try TemporaryFolder()
    let script = #"""
      disk=$1; shift
      mkdir "$disk" && mount -t tmpfs -o size=1m tmpfs "$disk" || exit 99
      "$COMMAND" "$@" --separate && "$COMMAND" "$@"; status=$?
      ls -A "$disk"
      umount "$disk"; exit $status
      """#
    let outcome = try Command.buildVocab.shell(
      script, [folder("vocab")] + fixture.vocabularyArguments(output: folder("vocab")))
    try expectSuccess(outcome)
    #expect(outcome.lines == ["bpe.codes", "pipeline.json", "vocab.txt"])
    #expect(outcome.errors.contains("replaced the vocabulary"))
    #expect(folder.names == ["vocab"])
  }

  /// A file system with room for one model, but not for two; only if mounting is allowed.
  @Test(.enabled(if: mayMount, "this user may not mount a small file system"))
  func fullDiskUnderTheTraining() throws {
    let folder = try TemporaryFolder()
    let disk = folder("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    let script = #"""
      disk=$1; shift
      mount -t tmpfs -o size=200k tmpfs "$disk" || exit 99
      "$COMMAND" "$@"; status=$?
      find "$disk" -type f -printf '%f\n'; cp -r "$disk/model" "$disk.copy"
      umount "$disk"; exit $status
      """#
    let outcome = try Command.trainTranslation.shell(
      script, [disk] + fixture.trainingArguments(model: "\(disk)/model", updates: 40))
    expectFailure(outcome, .trainTranslation, saying: [disk, "disk is full", "training continues"])
    // The model of update 30 is complete; nothing is left of that of update 40 and of the checkpoint.
    let names = [
      "bpe.codes", "checksums.json", "command.json", "config.json", "model.safetensors", "pipeline.json",
      "samples.jsonl", "train.jsonl", "training.json", "vocab.txt",
    ]
    #expect(outcome.lines.sorted() == names)
    try expectSuccess(Command.translate.run(["--model", "\(disk).copy"], text: "Anna\n"))
  }

  /// If the disk becomes full, the two checkpoints on it survive.
  @Test(.enabled(if: mayMount, "this user may not mount a small file system"))
  func diskThatBecomesFullCostsNoCheckpoint() throws {
    let folder = try TemporaryFolder()
    let disk = folder("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    let script = #"""
      disk=$1; shift
      mount -t tmpfs -o size=4m tmpfs "$disk" || exit 99
      cd "$disk"
      "$COMMAND" "$@" --max-updates 30 || exit 98
      dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null
      # Room for the log, but for no checkpoint.
      truncate -s -100k "$disk/filler"
      before=$(md5sum model/checkpoints/*.safetensors)
      "$COMMAND" "$@" --max-updates 60 --resume --checkpoint-every 0.01s && exit 97
      [[ $(md5sum model/checkpoints/*.safetensors) == "$before" ]] || exit 96
      rm "$disk/filler"
      "$COMMAND" "$@" --max-updates 60 --resume; status=$?
      cp -r "$disk/model" "$disk.copy"
      cd /; umount "$disk"; exit $status
      """#
    var arguments = fixture.trainingArguments(model: "model", updates: 60)
    arguments.removeLast(2)
    let outcome = try Command.trainTranslation.shell(script, [disk] + arguments)
    // Unmount the file system in any case.
    _ = try Command.trainTranslation.shell(#"mountpoint -q "$1" && umount -l "$1"; true"#, [disk])
    try expectSuccess(outcome)
    for words in ["disk is full", "training continues"] {
      #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)")
    }
    let weights = { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    #expect(
      try weights("\(disk).copy/model.safetensors") == weights("\(fixture.model)/model.safetensors"))
  }

  static let mayMount: Bool = {
    let script = #"d=$(mktemp -d); mount -t tmpfs tmpfs "$d" && umount "$d"; s=$?; rmdir "$d"; exit $s"#
    return (try? Command.translate.shell(script))?.status == 0
  }()
}
