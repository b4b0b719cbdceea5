//! A relay over real sockets on loopback: who is let in, what bad input costs, and how it starts and stops.

mod hedge;
mod hostile;
mod limits;
mod line;
mod program;
mod resume;
mod slow;
mod stranger;
mod support;
mod welcome;
