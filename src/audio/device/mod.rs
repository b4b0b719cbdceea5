//! Where sound comes from and goes to: the system's devices, files, or nothing.

pub(super) mod backend;
pub(super) mod choice;
mod cpal;
#[cfg(target_os = "linux")]
mod either;
pub(super) mod file;
pub(super) mod manager;
pub(super) mod pace;
#[cfg(target_os = "linux")]
mod pulse;
pub(super) mod room;
pub(super) mod system;
