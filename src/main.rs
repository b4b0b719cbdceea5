//! The program for people.

fn main() {}
