//! Where sound comes from and goes to: the system's devices, files, or nothing.

pub mod file;
pub mod pace;
pub mod sound;
