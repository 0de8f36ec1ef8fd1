/// How spans of a kind look, as regular expressions of ICU.
///
/// Repetitions are possessive or short, and no expression begins within a word, so that none takes long on any text.
struct SpanPattern {
  let kind: SpanKind
  /// Signs, one of which every match contains.
  let signs: SpanSigns
  let expression: String

  static let all: [SpanPattern] = [
    .init(kind: .placeholder, signs: .braces, expression: placeholders),
    .init(kind: .tag, signs: .angle, expression: tags),
    .init(kind: .entity, signs: .ampersand, expression: entities),
    .init(kind: .url, signs: .address, expression: addresses),
    .init(kind: .email, signs: .at, expression: mail),
    .init(kind: .path, signs: [.slash, .address], expression: paths),
    .init(kind: .number, signs: .digit, expression: numbers),
    .init(kind: .date, signs: .digit, expression: dates),
    .init(kind: .emoji, signs: .symbol, expression: emoji),
  ]

  /// Alternatives in a group.
  private static func any(_ alternatives: [String]) -> String {
    "(?:" + alternatives.joined(separator: "|") + ")"
  }

  private static let placeholders = any([
    // Mustache, Jinja, messages of ICU with their forms, and what is in braces after a sign.
    #"\{\{\{?[^{}]{1,200}+\}?\}\}"#, #"\{%[^{}%]{1,200}+%\}"#,
    #"\{\s*+[\p{L}\p{N}_]++\s*+,\s*+(?:plural|select|selectordinal)\s*+,(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}"#,
    #"[$#%]\{[^{}]{1,100}+\}"#,
    #"\{[\p{L}\p{N}_.$-]{0,60}+(?:[,:!\[?][^{}]{0,100}+)?\}"#,
    // printf with a name or a number, and without; Qt's and Windows' arguments.
    #"%(?:\([\p{L}\p{N}_. ]{1,60}+\)|[0-9]{1,2}+\$)[-+#0']*+[0-9]*+(?:\.[0-9]++)?(?:hh|h|ll|l|L|q|j|z|t)?[diouxXeEfFgGaAcsSpn@]"#,
    #"(?<![\p{N}%])%[-+#0']{0,5}+(?:[0-9]++|\*)?(?:\.(?:[0-9]++|\*))?(?:hh|h|ll|l|L|q|j|z|t)?[diouxXeEfFgGaAcsSpn@](?![\p{L}\p{N}])"#,
    #"%[A-Z][A-Z0-9_]{2,40}+%"#, #"(?<![\p{N}%])%L?[0-9]{1,2}+(?![\p{N}$]|\.\p{N})"#, "%%",
  ])

  private static let tags = any([
    #"</?[A-Za-z][A-Za-z0-9:._-]{0,60}+"#
      + #"(?:\s++[\p{L}_:@*#.\[(][^\s"'<>=/]*+(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))?+)*+\s*+/?+>"#,
    #"<!--(?:[^-]|-(?!->)){0,2000}+-->"#,
  ])

  private static let entities = #"&(?:[A-Za-z][A-Za-z0-9]{1,31}+|#[0-9]{1,7}+|#[xX][0-9A-Fa-f]{1,6}+);"#

  private static let notWithinWord = #"(?<![\p{L}\p{N}])"#
  private static let notGoingOn = #"(?![\p{L}\p{N}])"#

  private static let addresses = any([
    notWithinWord + #"(?i:(?:https?|ftps?|sftp|file|ssh|git|wss?|irc)://|www\.(?=[\p{L}\p{N}]))"#
      + #"[^\s<>"`\\\p{Pf}\p{Pi}\u3000-\u303F\uFF00-\uFF0F]++"#,
    #"(?<![\p{L}\p{N}@._-])(?:[a-z0-9-]{1,63}+\.){1,8}?(?:com|org|net|edu|gov|info|io|dev|eu)"#
      + #"(?![\p{L}\p{N}@-]|\.[\p{L}\p{N}])(?:/[^\s<>"`\\\p{Pf}\p{Pi}]*+)?"#,
  ])

  private static let domain = #"[\p{L}\p{N}-]{1,63}+(?:\.[\p{L}\p{N}-]{1,63}+){1,8}+"#
  private static let mail = #"(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]++@"# + domain

  private static let component = #"[\p{L}\p{N}._+@%=~#-]++"#
  private static let beforePath = #"(?<![\p{L}\p{N}_./~:\\<@+%=#-])"#
  private static let extensions = any([
    "txt", "md", "pdf", "docx?", "xlsx?", "pptx?", "od[tsp]", "csv", "tsv", "json", "ya?ml", "toml", "xml",
    "html?",
    "css", "jsx?", "tsx?", "py", "rb", "rs", "java", "kt", "swift", "cc", "cpp", "hpp", "php", "sh", "bash",
    "bat",
    "ps1", "exe", "dll", "dylib", "deb", "rpm", "apk", "dmg", "iso", "zip", "tar", "gz", "bz2", "xz", "7z",
    "rar",
    "png", "jpe?g", "gif", "svg", "webp", "bmp", "ico", "mp[34]", "wav", "ogg", "flac", "mkv", "avi", "conf",
    "cfg",
    "ini", "log", "po", "pot", "srt", "vtt", "sql", "sqlite", "tex", "bib", "ttf", "otf", "woff2?",
    "safetensors",
  ])

  private static let paths = any([
    beforePath + #"(?:~|\.\.?)(?:/"# + component + ")++/?",
    beforePath + "(?:/" + component + "){2,}+/?",
    beforePath + #"/?(?:[\p{L}\p{N}_.+-]++/)*+[\p{L}\p{N}_.+-]*[\p{L}\p{N}_+-]\."# + extensions + notGoingOn,
    notWithinWord + #"[A-Za-z]:\\[^\s<>"|?*:]*+"#,
    #"(?<!\\)\\\\[\p{L}\p{N}._-]++\\[^\s<>"|?*:]++"#,
  ])

  private static let number =
    #"[0-9]{1,3}(?:[.,'\u00A0\u202F][0-9]{3})++(?:[.,][0-9]++)?|[0-9]++(?:[.,][0-9]++)?"#
  private static let numbers = any([
    #"(?<![\p{L}\p{N}.,])[-+\u2212\u00B1]?(?:"# + number + #")[ \u00A0\u202F]?"#
      + any([
        "km/h", "m/s", "mph", "°[CF]?", "[%‰€£¥]", "k?px", "pt", "r?em", "[kMG]?Wh", "mAh", "dB", "rpm",
        "[KMGT]i?B", "[kMGT]?bps", "[kMG]?bit", "ft", "lbs?", "oz", "[cmkµn]m[²³23]?", "[mkµ]g", "[mµn]s",
        "[cmd]l", "[kMGT]?Hz", "[kM]?W", "[mk]?V", "mA", "k?J", "k?cal", "[hk]?Pa", "k?Ω", "dpi", "fps",
      ]) + notGoingOn,
    #"(?<![\p{L}\p{N}])[€$£¥][ \u00A0]?(?:"# + number + ")" + notGoingOn,
    #"(?<![\p{L}\p{N}.])v?[0-9]{1,5}+(?:\.[0-9]{1,5}+){2,5}+(?:-[A-Za-z0-9.]++)?"#,
    #"(?<![\p{L}\p{N}.,])\+?[0-9]{5,}+(?![\p{L}\p{N}]|[.,][0-9])"#, #"(?<![\p{L}\p{N}])0x[0-9A-Fa-f]++"#,
    #"(?<![\p{L}\p{N}])\+[0-9]{1,3}(?:[ ()/-]{1,2}[0-9]{2,5}){2,5}+"#,
  ])

  private static let dates = any([
    #"(?<![\p{L}\p{N}.-])[0-9]{4}-[0-9]{2}-[0-9]{2}"#
      + #"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]++)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\p{L}\p{N}])"#,
    #"(?<![\p{L}\p{N}./])[0-9]{1,2}([./])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![\p{L}\p{N}])"#,
    #"(?<![\p{L}\p{N}:.])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[ \u00A0]?[ap]\.?m\b\.?)?(?![\p{L}\p{N}:])"#,
  ])

  private static let emoji =
    #"(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|(?![©®™])\p{Extended_Pictographic}"#
    + #"(?:\uFE0F|\p{Emoji_Modifier}|[\U000E0020-\U000E007F]++)*+"#
    + #"(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})*+)*+)++"#
}
