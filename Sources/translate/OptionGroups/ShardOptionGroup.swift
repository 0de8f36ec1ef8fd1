public import CommandLineArguments
import Files
import Formatting
public import TranslationShards

extension ShardNumber: ArgumentValue {
  /// Reads `3/100`.
  public init?(argument: String) { self.init(argument) }
  /// A shard and their number.
  public static var expectation: String { "a shard and their number, such as 3/100" }
  /// As it is written.
  public var defaultText: String? { "\(number)/\(count)" }
}

/// Parts of a huge text that several processes translate.
struct ShardOptionGroup: OptionGroup {
  var shard: ShardNumber?
  var resumes = false

  static let title = "Parts of a huge text"
  static let options: [Option<Self>] = [
    Option(
      "--shard", "i/n",
      "translate only the i-th of n parts of --input, each of whole lines and about as many bytes, into the folder --output",
      \.shard
    ).common,
    Option(
      "--resume", "skip the shard if it is translated already, and continue it if it is begun", \.resumes
    ).only(with: \.shard).common,
  ]
}
