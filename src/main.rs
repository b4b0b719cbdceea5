//! The program for people.

use std::process::ExitCode;

fn main() -> ExitCode {
    ingle::cli::main()
}
