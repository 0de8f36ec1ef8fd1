/// Verbs by what they are good for, so that two clauses of one sentence fit together.
enum Topics {
  /// What one likes to do.
  static let leisure = verbs(
    "visit", "invite", "meet", "call", "watch", "read", "cook", "bake", "dance", "sing", "rest", "learn",
    "paint",
    "drink", "eat", "play")
  /// What has to be done.
  static let duties = verbs(
    "work", "learn", "help", "repair", "clean", "wash", "write", "translate", "pick up", "prepare", "solve",
    "pack",
    "take care", "feed", "cook", "sign")
  /// What one does in the open.
  static let outdoors = verbs(
    "swim", "wait", "work", "wash", "plant", "dance", "sing", "wear", "feed", "park", "hurry")
  /// What one does in company.
  static let social = verbs(
    "talk", "laugh", "sing", "dance", "drink", "eat", "think", "sleep", "smile", "cry")
  /// What takes a while.
  static let lasting = verbs(
    "read", "write", "cook", "work", "sleep", "clean", "wash", "sing", "rest", "repair", "dance", "talk",
    "paint", "bake",
    "wait", "learn", "translate", "watch", "look for", "feed", "pack", "prepare")
  /// What opens the day or ends a trip.
  static let beginnings = verbs("get up", "wake up", "arrive", "get dressed")
  /// What one does before going out or to bed.
  static let preparations = verbs(
    "close", "turn off", "pack", "read", "call", "eat", "drink", "wash", "clean", "feed", "write", "pay for",
    "sign")
  static let endings = verbs("leave", "fall asleep", "sleep", "arrive")
  /// What one does on purpose: to plan, to try, to forget.
  static let actions = verbs(
    "read", "write", "buy", "sell", "open", "close", "clean", "wash", "repair", "visit", "invite", "call",
    "cook", "work",
    "help", "send", "show", "learn", "translate", "pick up", "prepare", "turn on", "turn off", "watch",
    "order", "lend",
    "recommend", "explain", "wait", "talk", "take care", "give back", "bring along", "rest", "use", "bake",
    "try on")

  static func verbs(_ english: String...) -> [Verb] {
    let found = Lexicon.verbs.filter { verb in
      english.contains(verb.english.infinitive) && verb.subjects.contains { $0 == "person" || $0 == "adult" }
    }
    precondition(!found.isEmpty, "topics: no verb of \(english)")
    return found
  }

  /// Where one goes, by a tag of places, and what for.
  static let errands: [(goal: String, verbs: [Verb])] = [
    ("shop", verbs("buy")), ("food", verbs("eat", "drink", "talk", "meet")),
    ("calm", verbs("read", "rest", "write")),
    ("class", verbs("learn")), ("nature", verbs("rest", "swim")), ("travel", verbs("pick up")),
    ("screen", verbs("watch")),
    ("city", verbs("visit", "meet", "work", "buy", "see")), ("city", verbs("visit", "meet", "learn")),
  ]

  /// What one should not do without doing something else to the same thing.
  static let omissions: [(verbs: [Verb], objects: [String], omitted: [Verb])] = [
    (verbs("sign"), ["signed"], verbs("read")), (verbs("eat"), ["fruit"], verbs("wash")),
    (verbs("buy"), ["clothing"], verbs("try on")),
    (verbs("throw away"), ["newspaper", "magazine"], verbs("read")),
    (verbs("sell"), ["owned", "device"], verbs("repair")), (verbs("recommend"), ["text"], verbs("read")),
    (verbs("send"), ["mail"], verbs("sign", "translate")), (verbs("drink"), ["drink"], verbs("pay for")),
  ]

  /// Means and ends.
  static let purposes: [(means: [Verb], objects: [String], ends: [Verb])] = [
    (verbs("learn"), ["language"], verbs("translate", "work", "read")),
    (verbs("hurry"), [], verbs("help", "pick up", "visit")),
    (verbs("turn on"), ["lamp"], verbs("read", "write")),
    (verbs("sell"), ["owned", "instrument"], verbs("buy")),
    (verbs("call"), ["kin", "friend"], verbs("rest")),
    (verbs("buy"), ["onion", "potato", "tomato", "carrot"], verbs("cook")),
    (verbs("turn on"), ["computer"], verbs("write", "translate")),
    (verbs("get up"), [], verbs("work", "help", "rest")),
  ]
}
