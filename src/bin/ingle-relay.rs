//! The machine in the middle.

fn main() {}
