internal import CProcessors

/// The number of processors that this process may run on, at least 1.
///
/// Containers, `taskset` and schedulers can make it smaller than the number of processors of the machine. More threads
/// would only wait for each other.
package func availableProcessors() -> Int { Int(processors_available()) }
