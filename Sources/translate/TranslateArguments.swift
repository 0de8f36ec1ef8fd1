public import CommandLineArguments
import Decoding
import Tensors
public import Translation

extension DecoderChoice: ArgumentValue {}

/// The options of `translate`.
struct TranslateArguments: CommandArguments {
  enum LengthPenaltyKind: String, CaseIterable, ArgumentValue {
    case average, gnmt, none
  }

  var model: [String] = []
  var input = "-"
  var output = "-"
  var prefixSource: String?
  var beam: Int?
  var nBest = 1
  var lengthPenalty: Double?
  var lengthPenaltyKind = LengthPenaltyKind.average
  var maxLengthRatio = SearchLimits().maxLengthRatio
  var decoder: DecoderChoice?
  var draftThreshold = TranslationOptions().draftThreshold
  var iterations = NonautoregressiveSearchOptions().iterations
  var lengthBeam = NonautoregressiveSearchOptions().lengthBeam
  var sample = false
  var temperature = Sampling().temperature
  var topK = Sampling().topK
  var topP = Sampling().topP
  var seed = Sampling().seed
  var threads = TranslationOptions().threads
  var batchTokens = TranslationOptions().batchTokens
  var batchSize = TranslationOptions().batchSize
  var maxSourceLength = TranslationOptions().maxSourceLength
  var scores = false
  var json = false

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

      With --scores each translation stands behind its score and a tab. A score is the log-probability over the \
      length penalty: by default the mean log-probability of a token. Where a model predicts lengths, that of the \
      length counts as well. With --json there is one JSON object for each line of the input.
      """,
    versionDetails: { [matrixProductDescription()] })

  static let options: [Option<Self>] = [
    .heading("Files"),
    Option(
      "--model", short: "m", "folder,...", "model, or several of one vocabulary that predict together",
      \.model,
      required: true, list: .commaSeparated),
    Option("--input", "file", "text to translate, plain or gzip; - for standard input", \.input),
    Option("--output", "file", "where the translation goes; - for standard output", \.output),
    Option(
      "--prefix-source", "tag", "tag of every line, for a model that was trained with tags", \.prefixSource),
    Option("--scores", "write each translation's score before it", \.scores),
    Option("--json", "write a JSON object for each line", \.json),
    .heading("Search"),
    Option(
      "--beam", short: "b", "count",
      "hypotheses kept at each step; 1 is fastest (default: 5, where all tokens are predicted at once 1)",
      \.beam,
      limit: .between(1, 1000)),
    Option(
      "--n-best", "count", "translations of each line, at most --beam", \.nBest, limit: .between(1, 1000)),
    Option(
      "--length-penalty", "alpha",
      "exponent of the length penalty, above the default for longer translations (default: 1, for gnmt 0.6)",
      \.lengthPenalty, limit: .between(0, 100)),
    Option("--length-penalty-kind", "name", "formula of the length penalty", \.lengthPenaltyKind),
    Option(
      "--max-length-ratio", "ratio", "tokens of a translation for each of the source, beside 20",
      \.maxLengthRatio,
      limit: .between(0, 1000)),
    .heading("Models that predict all tokens at once"),
    Option(
      "--decoder", "which",
      "of a model with both; auto scores what all tokens at once give, and translates token by token where that is "
        + "poor (default: auto, of a model with one that one)", \.decoder),
    Option(
      "--draft-threshold", "number", "mean log-probability of a token below which auto does so",
      \.draftThreshold,
      limit: .between(-1000, 0)),
    Option(
      "--iterations", "count", "predictions of mask-predict, each better than the one before", \.iterations,
      limit: .between(1, 1000)),
    Option(
      "--length-beam", "count", "lengths of a translation that are tried", \.lengthBeam,
      limit: .between(1, 1000)),
    .heading("Sampling"),
    Option("--sample", "draw tokens at random instead of searching", \.sample),
    Option(
      "--temperature", "number", "below 1 for safer, above 1 for wilder translations", \.temperature,
      limit: .between(0.001, 1000)),
    Option(
      "--top-k", "count", "draw from so many most probable tokens only; 0 for all", \.topK, limit: .atLeast(0)
    ),
    Option(
      "--top-p", "probability", "draw from the most probable tokens that reach this together", \.topP,
      limit: .between(0, 1)),
    Option("--seed", "number", "the same seed draws the same", \.seed),
    .heading("Speed and memory"),
    Option("--threads", "count", "batches translated at the same time", \.threads, limit: .between(1, 1024)),
    Option(
      "--batch-tokens", "count", "source tokens in a batch", \.batchTokens, limit: .between(1, 10_000_000)),
    Option("--batch-size", "count", "sentences in a batch", \.batchSize, limit: .between(1, 100_000)),
    Option(
      "--max-source-length", "count", "tokens above which a line is translated in pieces",
      \.maxSourceLength,
      limit: .between(1, 100_000)),
  ]

  mutating func validate() throws(ArgumentError) {
    if model.contains("") {
      throw .conflict("'--model' has an empty name; write '--model <folder>' or '--model <folder>,<folder>'")
    }
    let standard = Sampling()
    let given: [(String, Bool)] = [
      ("--temperature", temperature != standard.temperature), ("--top-k", topK != standard.topK),
      ("--top-p", topP != standard.topP),
    ]
    if !sample, let (name, _) = given.first(where: \.1) {
      throw .conflict("'\(name)' says how to draw at random; it needs '--sample'")
    }
    if lengthPenaltyKind == .none && lengthPenalty != nil {
      throw .conflict(
        "'--length-penalty' has no meaning with '--length-penalty-kind none'; leave one of them out")
    }
    do { try translationOptions.validate() } catch { throw .conflict(error.description) }
  }
}

extension TranslateArguments {
  /// What the translator is asked for.
  var translationOptions: TranslationOptions {
    var options = TranslationOptions()
    options.search.beamSize = beam ?? options.search.beamSize
    options.nonautoregressive.beamSize = beam ?? max(options.nonautoregressive.beamSize, nBest)
    options.nonautoregressive.iterations = iterations
    options.nonautoregressive.lengthBeam = lengthBeam
    options.nonautoregressive.nBest = nBest
    options.nonautoregressive.scores = format != .plain
    (options.decoder, options.draftThreshold) = (decoder, draftThreshold)
    options.search.nBest = nBest
    options.search.scores = format != .plain
    options.search.limits.maxLengthRatio = maxLengthRatio
    options.search.lengthPenalty =
      switch lengthPenaltyKind {
      case .average: .normalized(alpha: lengthPenalty ?? 1)
      case .gnmt: .gnmt(alpha: lengthPenalty ?? 0.6)
      case .none: .none
      }
    if sample {
      options.search.sampling = Sampling(temperature: temperature, topK: topK, topP: topP, seed: seed)
    }
    options.threads = threads
    options.batchTokens = batchTokens
    options.batchSize = batchSize
    options.maxSourceLength = maxSourceLength
    options.sourceTag = prefixSource
    return options
  }

  /// How results are written.
  var format: ResultFormat {
    if json { return .json(all: nBest > 1) }
    if nBest > 1 { return .nBest }
    return scores ? .scored : .plain
  }
}
