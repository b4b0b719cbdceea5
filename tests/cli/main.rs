//! The programs as people and scripts meet them: processes, pipes, terminals, and a relay between them.

mod agree;
mod bad_input;
mod bot;
mod care;
mod charter;
mod decisions;
#[cfg(target_os = "linux")]
mod devices;
mod door;
#[cfg(target_os = "linux")]
mod first_evening;
#[cfg(all(feature = "fleet", target_os = "linux"))]
mod fleet;
mod floor;
mod harness;
#[cfg(target_os = "linux")]
mod home;
mod known;
#[cfg(target_os = "linux")]
mod language;
mod latency;
mod leaving;
#[cfg(target_os = "linux")]
mod link;
mod lobby;
#[cfg(target_os = "linux")]
mod memory;
mod newcomer;
mod pages;
#[cfg(target_os = "linux")]
mod plain;
mod presence;
mod private;
#[path = "../process/mod.rs"]
mod process;
#[cfg(all(feature = "fleet", target_os = "linux"))]
#[path = "../fleet/programs.rs"]
mod programs;
#[cfg(target_os = "linux")]
mod prompt;
mod restart;
#[cfg(target_os = "linux")]
mod return_to;
mod settings;
#[cfg(target_os = "linux")]
mod terminal;
mod turns;
#[cfg(target_os = "linux")]
mod unattended;
mod usage;
mod voice;
#[path = "../written/mod.rs"]
mod written;
