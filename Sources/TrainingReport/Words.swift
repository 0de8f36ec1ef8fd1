import Formatting

/// A number with decimals, as in "3.20".
func decimal(_ number: Double, _ decimals: Int) -> String { Readable.decimal(number, decimals) }

/// A whole number, as in "1,234".
func count(_ number: Int) -> String { Readable.count(number) }

/// A time, as in "3m 12s".
func duration(_ seconds: Double) -> String { Readable.duration(seconds) }

/// A share from 0 to 1, as in "12.5 %".
func percent(_ share: Double) -> String { Readable.decimal(100 * share, 1) + " %" }
