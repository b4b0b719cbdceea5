//! Connections between members and relays.
