extension Clause {
  /// The parts of a clause that can stand first.
  enum Role: Sendable { case subject, direct, indirect, prepositional, time, place, direction }

  /// The part that is an interrogative or a relative pronoun.
  var frontingRole: Role? {
    if subject.isFronting { return .subject }
    if directObject?.isFronting == true { return .direct }
    if indirectObject?.isFronting == true { return .indirect }
    if prepositionalObject?.object.isFronting == true { return .prepositional }
    if time?.isInterrogative == true { return .time }
    if place?.isInterrogative == true { return .place }
    if direction?.isInterrogative == true { return .direction }
    return nil
  }

  /// The part that stands first in a statement.
  var leadingRole: Role {
    if let role = frontingRole { return role }
    switch front {
    case .time where time != nil: return .time
    case .place where place != nil: return .place
    default: return .subject
    }
  }
}
