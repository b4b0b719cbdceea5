//! The program for people.

use std::process::ExitCode;

fn main() -> ExitCode {
    // What isn't granted is said in SECURITY.md; nobody here could change it.
    let _ = ingle::memory::keep_off_disks();
    ingle::cli::main()
}
