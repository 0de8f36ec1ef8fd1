import Glibc

/// Bytes of memory that this process held at most.
var peakResidentBytes: Int {
  var usage = rusage()
  getrusage(RUSAGE_SELF.rawValue, &usage)
  return Int(usage.ru_maxrss) * 1024
}
