//! Where sound comes from and goes to: the system's devices, files, or nothing.

#[cfg(all(unix, not(target_vendor = "apple")))]
mod cookie;
pub(super) mod file;
pub(super) mod pace;
pub(super) mod sound;
