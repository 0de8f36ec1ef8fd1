/// Languages of the built-in identifier: those with enough text in catalogs, unless they are hardly different from another.
///
/// Left out are Aragonese, Interlingua, Crimean Tatar and Low German, of which too much text of their neighbors would be
/// taken for, and languages with a few thousand words.
let knownLanguages = """
  af am ar as ast az be bg bn br bs ca cs cy da de dz el en eo es et eu fa fi fr fur fy ga gd gl gu he hi hr hsb hu hy id \
  is it ja ka kk km kn ko ku lt lv mai mg mk ml mn mr ms my nb ne nl nn oc or pa pl ps pt ro ru sd si sk sl sq sr sr-Latn \
  sv ta te tg th tl tr ug uk ur uz vi xh zh zh-Hant zu
  """.split(separator: " ").map(String.init)

/// The language of a locale such as `pt_BR` or `sr@latin`; nil if its catalogs are not used.
func languageOfLocale(_ locale: String) -> String? {
  if let language = unusualLocales[locale] { return language }
  guard !locale.contains("@") else { return nil }
  let language = locale.prefix { $0 != "_" && $0 != "." }
  return unusualLocales[String(language)] ?? String(language)
}

/// Locales whose language is not what precedes `_`.
///
/// Ijekavian Serbian is left out: in Latin script, it differs from Bosnian and Croatian even less than Serbian does.
private let unusualLocales = [
  "zh_TW": "zh-Hant", "zh_HK": "zh-Hant", "no": "nb", "fil": "tl", "ca@valencia": "ca", "sr@latin": "sr-Latn",
  "sr@Latn": "sr-Latn",
]
