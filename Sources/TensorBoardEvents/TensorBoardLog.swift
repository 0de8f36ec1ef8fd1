public import Files
internal import FoundationEssentials

/// A folder that TensorBoard reads, and `scalars.csv` with the same numbers.
///
/// Each training, and each part of one that was resumed, adds an event file. TensorBoard shows the files of a folder
/// as one run; steps that a part repeats are shown once.
public final class TensorBoardLog {
  private let folder: String
  private let events: EventFile
  private var table: ScalarTable
  private let now: () -> Double

  /// The name of the table in the folder.
  public static let tableName = "scalars.csv"

  /// Opens the folder, and creates it if needed.
  ///
  /// - Parameters:
  ///   - folder: the folder of this run.
  ///   - update: the update that a resumed training continues after; nil for a new training.
  ///   - now: the time, in seconds since 1970; nil: by the system's clock.
  /// - Throws: `FileError` if the folder cannot be created or written to.
  public init(
    folder: String, continuingAfter update: Int? = nil,
    now: (() -> Double)? = nil
  ) throws(FileError) {
    let now = now ?? { Date.now.timeIntervalSince1970 }
    (self.folder, self.now) = (folder, now)
    try requireWritableFolder(folder)
    table = try ScalarTable(path: "\(folder)/\(Self.tableName)", keepingUpTo: update)
    // Step 0 has what was measured before the first update, and is repeated by a new training only.
    events = try EventFile(folder: folder, from: update.map { $0 + 1 } ?? 0, wallTime: now())
  }

  /// Records values, which readers see at once.
  ///
  /// - Parameters:
  ///   - values: none is fine.
  ///   - update: the number of the update.
  ///   - seconds: of training so far, for the table; event files have the time of day.
  /// - Throws: `FileError` if they cannot be written; later calls may succeed.
  public func record(_ values: [SummaryValue], update: Int, seconds: Double) throws(FileError) {
    guard !values.isEmpty else { return }
    try events.append(Event(wallTime: now(), step: update, .values(values)))
    try table.append(values, update: update, seconds: seconds)
  }

  /// Forgets what was recorded after an update to which the training returned.
  ///
  /// - Throws: `FileError` if the files cannot be written.
  public func rollBack(to update: Int) throws(FileError) {
    try events.restart(at: update + 1, wallTime: now())
    table = try ScalarTable(path: "\(folder)/\(Self.tableName)", keepingUpTo: update)
  }
}
