//! Where sound comes from and goes to: the system's devices, files, or nothing.

#[cfg(all(unix, not(target_vendor = "apple")))]
mod cookie;
pub mod file;
pub mod pace;
pub mod sound;
