#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

// Foundation has these too, but would bring a second copy of ICU.

func logarithm(_ x: Float) -> Float { log(x) }
func cosine(_ x: Float) -> Float { cos(x) }
package func sine(_ x: Double) -> Double { sin(x) }
package func cosine(_ x: Double) -> Double { cos(x) }
package func exponential(_ x: Double) -> Double { exp(x) }
/// The natural logarithm.
package func logarithm(_ x: Double) -> Double { log(x) }
