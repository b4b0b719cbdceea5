//! Delayed acknowledgements.
//!
//! A listener acknowledges what it hears; by QUIC's own rule, each packet within a round trip. Over a short line that is as many
//! packets up as there are voice packets down. A sender that asks for fewer acknowledgements has to respect the least delay that
//! its peer says it can keep (draft-ietf-quic-ack-frequency, section 3), so both ends say [`LEAST_DELAY`].

use std::sync::Arc;
use std::time::Duration;

use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use quinn::crypto::{ClientConfig, Keys, ServerConfig, Session, UnsupportedVersion};
use quinn::{ConnectError, ConnectionId, Side, VarInt};
use quinn_proto::coding::Codec;
use quinn_proto::transport_parameters::TransportParameters;

/// How long an acknowledgement waits for a packet that it can share. Two of its own a second cost 1 kbps.
pub(super) const LEAST_DELAY: Duration = Duration::from_millis(400);

/// `max_ack_delay` in milliseconds (RFC 9000, section 18.2).
const MAX_ACK_DELAY: u64 = 0x0b;
/// `min_ack_delay` in microseconds (draft-ietf-quic-ack-frequency-07, section 3).
const MIN_ACK_DELAY: u64 = 0xff04_de1b;

/// A TLS configuration whose connections acknowledge late.
pub(super) struct Unhurried<T>(pub(super) Arc<T>);

impl ClientConfig for Unhurried<QuicClientConfig> {
    fn start_session(
        self: Arc<Self>,
        version: u32,
        name: &str,
        params: &TransportParameters,
    ) -> Result<Box<dyn Session>, ConnectError> {
        self.0.clone().start_session(version, name, &unhurried(Side::Server, params))
    }
}

impl ServerConfig for Unhurried<QuicServerConfig> {
    fn initial_keys(&self, version: u32, id: &ConnectionId) -> Result<Keys, UnsupportedVersion> {
        self.0.initial_keys(version, id)
    }

    fn retry_tag(&self, version: u32, id: &ConnectionId, packet: &[u8]) -> [u8; 16] {
        self.0.retry_tag(version, id, packet)
    }

    fn start_session(self: Arc<Self>, version: u32, params: &TransportParameters) -> Box<dyn Session> {
        self.0.clone().start_session(version, &unhurried(Side::Client, params))
    }
}

/// The parameters that `reader` is told, with our delay. quinn has no setting for it, but reads what it has written.
fn unhurried(reader: Side, params: &TransportParameters) -> TransportParameters {
    let mut bytes = Vec::new();
    params.write(&mut bytes);
    let number = |value: u64| {
        let mut encoded = Vec::new();
        VarInt::from_u64(value).unwrap_or(VarInt::MAX).encode(&mut encoded);
        encoded
    };
    let delay = LEAST_DELAY.as_micros() as u64;
    for (id, value) in [(MAX_ACK_DELAY, delay / 1000), (MIN_ACK_DELAY, delay)] {
        let value = number(value);
        bytes.extend([number(id), number(value.len() as u64), value].concat());
    }
    // If it refuses them one day, acknowledgements are frequent again, and nothing else changes.
    TransportParameters::read(reader, &mut bytes.as_slice()).unwrap_or(*params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_is_added_and_other_parameters_stay() {
        for reader in [Side::Client, Side::Server] {
            let before = TransportParameters::read(reader, &mut [].as_slice()).expect("nothing but defaults");
            let after = unhurried(reader, &before);
            assert_ne!(after, before, "the delay was added");
            let (mut bytes, mut told) = (Vec::new(), Vec::new());
            before.write(&mut bytes);
            after.write(&mut told);
            assert!(told.len() > bytes.len());
            // Doing it again changes nothing: the newest value counts.
            assert_eq!(unhurried(reader, &before), after);
        }
    }
}
