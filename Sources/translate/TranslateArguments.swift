import CommandLineArguments
import Decoding
import Tensors
import Translation

/// The options of `translate`.
struct TranslateArguments: CommandArguments {
  var files = FileOptionGroup()
  var search = SearchOptionGroup()
  var decoder = DecoderOptionGroup()
  var sampling = SamplingOptionGroup()
  var speed = SpeedOptionGroup()

  static let command = CommandDescription(
    name: "translate",
    summary: "translates text line by line: as many lines out as in, in the same order",
    usage: ["--model <folder> <in >out"],
    examples: [
      .init("a file", "translate --model model <news.en >news.de"),
      .init("the five best translations of each line", "translate -m model --n-best 5 <news.en"),
      .init("two models together", "translate -m first,second --input news.en.gz --output news.de"),
      .init(
        "a model of several target languages, see build-vocab --tag",
        #"translate -m model --prefix-source "<2de>" <news.en >news.de"#),
    ],
    discussion: """
      What is typed at a terminal is translated line by line. A line of nothing but white space stays an empty \
      line. A line too long for the model is translated in pieces, which are cut between sentences or words and \
      joined again. What is not valid UTF-8 is replaced by U+FFFD and reported.

      With --n-best there are that many lines for each line of the input, best first, numbered from 0 as Moses \
      and Marian do:

        0 ||| Hello world . ||| -0.3127

      Of a model that was trained with tags, a line may begin with one, as <2de> in '<2de> Hello world.'; further on \
      in a line the same characters are text. With --prefix-source every line has that tag, and is text from its first \
      character on: so nobody else can choose another. All parts of a long line have its tag.

      With --scores each translation follows its score and a tab. A score is the log-probability divided by the \
      length penalty: by default the mean log-probability of a token, for CTC the log-probability itself. It is what \
      ranks translations. Where a model predicts lengths, that of the length counts as well. With --json there is one \
      JSON object for each line of the input.
      """,
    versionDetails: { [matrixProductDescription()] })

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.files), .group(\.search), .group(\.decoder), .group(\.sampling), .group(\.speed),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    do { try translationOptions.validate() } catch { throw .conflict(error.description) }
  }
}

extension TranslateArguments {
  /// What the translator is asked for.
  var translationOptions: TranslationOptions {
    var options = TranslationOptions()
    search.apply(to: &options)
    decoder.apply(to: &options)
    sampling.apply(to: &options)
    speed.apply(to: &options)
    options.search.computesScores = format != .plain
    options.sourceTag = files.prefixSource
    return options
  }

  /// How results are written.
  var format: ResultFormat {
    if files.json { return .json(all: search.nBest > 1) }
    if search.nBest > 1 { return .nBest }
    return files.scores ? .scored : .plain
  }
}
