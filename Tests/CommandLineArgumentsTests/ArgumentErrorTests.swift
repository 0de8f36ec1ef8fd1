import CommandLineArguments
import Testing

@Suite struct ArgumentErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String]
    let message: String
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String, _ message: String) {
      (self.words, self.message) = (words.split(separator: " ").map(String.init), message)
    }
  }

  static let cases = [
    Case("--layer 6", "unknown option '--layer'; did you mean '--layers'?"),
    Case("--layerz=6", "unknown option '--layerz'; did you mean '--layers'?"),
    Case("--lenght-penalty 1", "unknown option '--lenght-penalty'; did you mean '--length-penalty'?"),
    Case("--learning 1", "unknown option '--learning'; did you mean '--learning-rate'?"),
    Case("--confg x.json", "unknown option '--confg'; did you mean '--config'?"),
    Case("--frobnicate", "unknown option '--frobnicate'; --help lists the options"),
    Case("-x", "unknown option '-x'; --help lists the options"),
    Case("-beam 3", "unknown option '-beam'; did you mean '--beam'?"),
    Case("-bx", "'x' is not a value for '--beam': expected a whole number, from 1 to 64"),
    Case("-output out", "unknown option '-output'; did you mean '--output'?"),
    Case("out", "unexpected argument 'out'; every value follows its option, --help lists them"),
    Case("-", "unexpected argument '-'; every value follows its option, --help lists them"),
    Case("-- --layers", "unexpected argument '--layers'; every value follows its option, --help lists them"),
    Case("--layers six", "'six' is not a value for '--layers': expected a whole number, at least 1"),
    Case("--layers 0", "'0' is not a value for '--layers': expected a whole number, at least 1"),
    Case("--layers 2.5", "'2.5' is not a value for '--layers': expected a whole number, at least 1"),
    Case(
      "--layers 99999999999999999999",
      "'99999999999999999999' is not a value for '--layers': expected a whole number, at least 1"),
    Case("--layers= ", "'' is not a value for '--layers': expected a whole number, at least 1"),
    Case("--learning-rate 0", "'0' is not a value for '--learning-rate': expected a number, above 0"),
    Case("--learning-rate nan", "'nan' is not a value for '--learning-rate': expected a number, above 0"),
    Case("--length-penalty inf", "'inf' is not a value for '--length-penalty': expected a number"),
    Case("--seed -1", "'-1' is not a value for '--seed': expected a whole number, 0 or more"),
    Case("-b 65", "'65' is not a value for '--beam': expected a whole number, from 1 to 64"),
    Case("--preset huge", "'huge' is not a value for '--preset': expected one of tiny, small, base"),
    Case(
      "--time-budget soon",
      "'soon' is not a value for '--time-budget': expected a duration such as 90s, 30m or 1h30m"),
    Case("--layers", "'--layers' needs a value: --layers <count>"),
    Case("-b", "'-b' needs a value: -b <count>"),
    Case("--config", "'--config' needs a value: --config <file.json>"),
    Case("--output --joint", "'--output' needs a value, found the option '--joint': write --output <folder>"),
    Case("--output -m", "'--output' needs a value, found the option '-m': write --output <folder>"),
    Case("--joint=perhaps", "'--joint' takes no value, found 'perhaps'"),
    Case("--help=me", "'--help' takes no value, found 'me'"),
    Case("--layers 6", "missing '--output'; --help explains the options"),
    Case("--output o --joint --lowercase", "'--lowercase' and '--joint' cannot be used together"),
  ]

  @Test(arguments: cases)
  func messageTellsWhatToDo(_ item: Case) {
    #expect { try Sample.parse(item.words) } throws: { "\($0)" == item.message }
  }
}
