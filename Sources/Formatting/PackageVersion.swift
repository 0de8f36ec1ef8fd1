/// The version of this package, which its commands print and its files record.
package let packageVersion = "0.1.0"
