//! A relay with real connections, on loopback or on a network in memory: whom it lets in, what bad input costs, and how it
//! starts and stops.

mod attack;
mod hedge;
mod hostile;
mod limits;
mod line;
#[cfg(feature = "load")]
mod load;
mod network;
mod onlooker;
mod opening;
mod operation;
#[path = "../process/mod.rs"]
mod process;
mod program;
mod resume;
mod slow;
mod stranger;
mod support;
mod tcp;
mod tcp_hostile;
mod web_server;
mod welcome;
