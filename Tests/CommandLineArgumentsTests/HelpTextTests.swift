import CommandLineArguments
import Testing

@Suite struct HelpTextTests {
  @Test func helpAtEightyColumns() {
    #expect(Sample.text(of: .help) == Self.eightyColumns)
  }

  @Test(arguments: [40, 60, 80, 100, 200])
  func noLineIsWiderThanTheTerminal(_ width: Int) {
    for line in Sample.text(of: .help, width: width).split(separator: "\n") {
      // Examples are not wrapped, so that they can be copied.
      #expect(line.count <= width || line.hasPrefix("  sample"), "\(line)")
    }
  }

  @Test func versionTellsDetails() {
    #expect(Sample.text(of: .version) == "sample \(CommandDescription.packageVersion)\nkernels: none\n")
  }

  /// A command with common and advanced options.
  struct Large: CommandArguments {
    var model = ""
    var beam = 5
    var alpha = 0.6
    var shards = 1

    static let command = CommandDescription(
      name: "large", summary: "has levels", discussion: "What alpha is.")
    static let groups: [OptionGroupReference<Self>] = [
      .options("Files", fileOptions), .options("Search", searchOptions), .options("Machine", machineOptions),
    ]
    private static let fileOptions: [Option<Self>] = [
      Option("--model", "folder", "the model", \.model, required: true)
    ]
    private static let searchOptions: [Option<Self>] = [
      Option("--beam", "count", "beam size", \.beam).common,
      Option("--alpha", "number", "length penalty (see below)", \.alpha),
    ]
    private static let machineOptions: [Option<Self>] = [
      Option("--shards", "count", "parts of a batch", \.shards)
    ]
  }

  @Test func helpShowsWhatMostPeopleNeed() {
    let text = Large.text(of: .help)
    for word in ["Files:", "--model", "Search:", "--beam", "--help-all"] { #expect(text.contains(word)) }
    for word in ["--alpha", "Machine:", "--shards", "What alpha is."] { #expect(!text.contains(word)) }
    #expect(text.hasSuffix("\n\n'large --help-all' shows 2 more options and explains them.\n"))
  }

  @Test func allHelpShowsEverythingUnderTheSameHeadings() {
    let text = Large.text(of: .allHelp)
    let titles = text.split(separator: "\n").filter { $0.hasSuffix(":") }
    #expect(titles == ["Files:", "Search:", "Machine:", "General:"])
    for word in ["--model", "--beam", "--alpha", "--shards", "--help-all", "What alpha is."] {
      #expect(text.contains(word))
    }
    #expect(text.contains("length penalty (see below; default: 0.6)"))
    // Without common options, both texts are the same.
    #expect(Sample.text(of: .allHelp) == Sample.text(of: .help))
  }

  static let eightyColumns = """
    sample: shows every kind of option

    Usage: sample --output <folder> [options]
           sample --help

    Examples:
      # the shortest run that does something
      sample --output out

      # two sources and a smaller model
      sample --source a.en --source b.en \\
          --preset tiny --output out

    Files:
          --source <file>           text, one sentence per line (may be repeated)
          --output <folder>         where the result goes (required)
      -m, --model <folder,...>      models to average (several with commas)

    Model:
          --preset <name>           size of the model (one of: tiny, small, base;
                                    default: small)
          --layers <count>          encoder and decoder layers (at least 1;
                                    default: 6)
          --learning-rate <rate>    peak learning rate (above 0; default: 0.0007)
          --length-penalty <alpha>  exponent of the length penalty (default: 0.6)
      -b, --beam <count>            hypotheses kept at each step (from 1 to 64;
                                    default: 5)
          --seed <number>           seed of all random numbers (default: 1)

    Limits:
          --max-updates <count>     stop after this many updates (at least 1)
          --time-budget <time>      stop after this time

    Text:
          --language <code>         language of the text
          --joint                   one vocabulary for both sides
          --separate                a vocabulary for each side (default)
          --lowercase               lower-case the text

    General:
          --config <file.json>      read options from a JSON object, keys without
                                    '--'; the command line wins
          --version                 print the version
      -h, --help                    print this text

    The first paragraph is long enough to be wrapped at the width of the terminal,
    so that nobody has to scroll sideways to read it.

      sample | cat    stays as it is

    """
}
