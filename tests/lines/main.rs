//! The parts of `make bench-lines`: the lines, the emulator, and whether speech is heard.

#[path = "../../benches/lines/emulator.rs"]
mod emulator;
#[path = "../../benches/lines/hearing.rs"]
mod hearing;
#[path = "../../benches/lines/peers.rs"]
mod peers;
#[path = "../../benches/lines/profiles.rs"]
mod profiles;
#[allow(dead_code)] // the bench's own part
#[path = "../../benches/lines/schedule.rs"]
mod schedule;
#[path = "../../benches/support/speech.rs"]
mod speech;
#[path = "../../benches/line/wav.rs"]
mod wav;

mod bursts;
mod call;
mod ears;
mod measure;
mod tables;
mod udp;
